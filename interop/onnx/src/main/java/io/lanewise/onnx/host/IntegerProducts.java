package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** MatMulInteger, QLinearMatMul, ConvInteger, QLinearConv. */
final class IntegerProducts {
  private IntegerProducts() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("MatMulInteger", 10, IntegerProducts::matMulInteger);
    table.add("QLinearMatMul", 10, IntegerProducts::qLinearMatMul);
    table.add("ConvInteger", 10, IntegerProducts::convInteger);
    table.add("QLinearConv", 10, IntegerProducts::qLinearConv);
  }

  /** Elements minus their zero point, of which there is one, or one for each index of an axis. */
  private static long[] centred(HostCall call, int input, int zeroInput, int axis) {
    TypedTensor x = call.input(input);
    long[] values = Elements.longs(x);
    if (call.has(zeroInput)) {
      TypedTensor zero = call.input(zeroInput);
      for (int i = 0; i < values.length; i++) {
        values[i] -= zero.longAt(axisIndex(call, x.shape(), axis, zero, i));
      }
    }
    return values;
  }

  /** Which element of a parameter (one, or one for each index of an axis) element i takes. */
  private static int axisIndex(HostCall call, Shape shape, int axis, TypedTensor parameter, int i) {
    if (parameter.size() == 1) {
      return 0;
    }
    int positive = call.axisOf(axis, shape.rank());
    int size = shape.dim(positive);
    if (parameter.size() != size) {
      throw call.wrong("expected 1 or %d zero points or scales, got %s", size, parameter);
    }
    return i / Elements.count(shape, positive + 1, shape.rank()) % size;
  }

  private static List<TypedTensor> matMulInteger(HostCall call) {
    Products.Product p = Products.Product.of(call.input(0).shape(), call.input(1).shape());
    long[] y = p.multiply(centred(call, 0, 2, -2), centred(call, 1, 3, -1));
    return List.of(Elements.of(ElementType.INT32, p.shape(), y));
  }

  /** Inputs a, its scale and zero point, b, its two, the result's two. */
  private static List<TypedTensor> qLinearMatMul(HostCall call) {
    TypedTensor a = call.input(0);
    TypedTensor b = call.input(3);
    Products.Product p = Products.Product.of(a.shape(), b.shape());
    long[] sums = p.multiply(centred(call, 0, 2, -2), centred(call, 3, 5, -1));
    TypedTensor y = TypedTensor.zeros(call.input(7).type(), p.shape());
    for (int i = 0; i < sums.length; i++) {
      double scale =
          call.input(1).doubleAt(axisIndex(call, y.shape(), -2, call.input(1), i))
              * call.input(4).doubleAt(axisIndex(call, y.shape(), -1, call.input(4), i))
              / call.input(6).doubleAt(0);
      y.setLong(i, requantised(sums[i] * scale, call.input(7), y.type()));
    }
    return List.of(y);
  }

  private static long requantised(double v, TypedTensor zero, ElementType type) {
    return Quantisation.saturate(Math.rint(v) + zero.longAt(0), type);
  }

  /** Sums of products of bytes are exact in double. */
  private static double[] convolve(
      HostCall call, ConvGeometry g, int x, int xZero, int w, int wZero) {
    return Convolutions.forward(
        g, doubles(centred(call, x, xZero, 1)), doubles(centred(call, w, wZero, 0)));
  }

  private static double[] doubles(long[] values) {
    double[] d = new double[values.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = values[i];
    }
    return d;
  }

  private static List<TypedTensor> convInteger(HostCall call) {
    ConvGeometry g = ConvGeometry.of(call, call.input(0).shape(), call.input(1).shape());
    return Elements.one(ElementType.INT32, g.y(), convolve(call, g, 0, 2, 1, 3));
  }

  /** Inputs x, scale, zero, w, scale, zero, the result's scale, zero, and an int32 bias. */
  private static List<TypedTensor> qLinearConv(HostCall call) {
    ConvGeometry g = ConvGeometry.of(call, call.input(0).shape(), call.input(3).shape());
    double[] sums = convolve(call, g, 0, 2, 3, 5);
    TypedTensor y = TypedTensor.zeros(call.input(7).type(), g.y());
    int pixels = Elements.count(g.y(), 2, g.y().rank());
    for (int i = 0; i < sums.length; i++) {
      int channel = i / pixels % g.y().dim(1);
      double bias = call.has(8) ? call.input(8).doubleAt(channel) : 0;
      double scale =
          call.input(1).doubleAt(0)
              * call.input(4).doubleAt(axisIndex(call, g.y(), 1, call.input(4), i))
              / call.input(6).doubleAt(0);
      y.setLong(i, requantised((sums[i] + bias) * scale, call.input(7), y.type()));
    }
    return List.of(y);
  }
}
