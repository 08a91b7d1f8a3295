package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** QuantizeLinear, DequantizeLinear, DynamicQuantizeLinear. */
final class Quantisation {
  private Quantisation() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("QuantizeLinear", 10, Quantisation::quantize);
    table.add("DequantizeLinear", 10, Quantisation::dequantize);
    table.add("DynamicQuantizeLinear", 11, Quantisation::dynamic);
  }

  /** Rounds halves to even and saturates at the ends of an integer type. */
  static long saturate(double v, ElementType type) {
    double low =
        switch (type) {
          case INT8 -> Byte.MIN_VALUE;
          case INT16 -> Short.MIN_VALUE;
          case INT32 -> Integer.MIN_VALUE;
          default -> 0;
        };
    double high =
        switch (type) {
          case INT8 -> Byte.MAX_VALUE;
          case UINT8 -> 0xff;
          case INT16 -> Short.MAX_VALUE;
          case UINT16 -> 0xffff;
          case INT32 -> Integer.MAX_VALUE;
          default -> throw new IllegalArgumentException("cannot quantise to " + type);
        };
    return (long) Math.clamp(Math.rint(v), low, high);
  }

  /**
   * Which element of the scales belongs to an element: one for all, one for each index of an axis,
   * or one for each block of an axis.
   */
  private record Scales(int count, int axis, int size, int inner, int block, int blocks) {
    static Scales of(HostCall call) {
      Shape x = call.input(0).shape();
      TypedTensor scale = call.input(1);
      if (scale.size() == 1 && scale.shape().rank() <= 1) {
        return new Scales(1, 0, 1, 1, 1, 1);
      }
      int axis = call.axis(1, x.rank());
      int size = x.dim(axis);
      int inner = Elements.count(x, axis + 1, x.rank());
      int block = (int) call.node().intOr("block_size", 0);
      if (block <= 0) {
        if (scale.shape().rank() != 1 || scale.size() != size) {
          throw call.wrong("expected %d scales, got %s", size, scale);
        }
        return new Scales(size, axis, size, inner, 0, 0);
      }
      int[] dims = x.toArray();
      dims[axis] = Math.ceilDiv(size, block);
      if (!scale.shape().equals(Shape.of(dims))) {
        throw call.wrong("expected scales %s, got %s", Shape.of(dims), scale);
      }
      return new Scales(scale.size(), axis, size, inner, block, dims[axis]);
    }

    int at(int element) {
      if (count == 1) {
        return 0;
      }
      int index = element / inner % size;
      if (block == 0) {
        return index;
      }
      return (element / inner / size * blocks + index / block) * inner + element % inner;
    }
  }

  private static TypedTensor zeroPoint(HostCall call, ElementType otherwise) {
    TypedTensor scale = call.input(1);
    TypedTensor zero =
        call.optional(2).orElseGet(() -> TypedTensor.zeros(otherwise, scale.shape()));
    if (zero.size() != scale.size()) {
      throw call.wrong("scales %s and zero points %s differ", scale, zero);
    }
    return zero;
  }

  /** y = saturate(round(x / scale) + zero); the quotient is rounded to float, as x's type says. */
  private static List<TypedTensor> quantize(HostCall call) {
    TypedTensor x = call.input(0);
    TypedTensor scale = call.input(1);
    Scales scales = Scales.of(call);
    TypedTensor zero = zeroPoint(call, call.type("output_dtype", ElementType.UINT8));
    TypedTensor y = TypedTensor.zeros(zero.type(), x.shape());
    for (int i = 0; i < y.size(); i++) {
      int s = scales.at(i);
      float quotient = (float) (x.doubleAt(i) / scale.doubleAt(s));
      y.setLong(i, saturate(Math.rint(quotient) + zero.longAt(s), y.type()));
    }
    return List.of(y);
  }

  private static List<TypedTensor> dequantize(HostCall call) {
    TypedTensor x = call.input(0);
    TypedTensor scale = call.input(1);
    Scales scales = Scales.of(call);
    TypedTensor zero = zeroPoint(call, x.type());
    TypedTensor y = TypedTensor.zeros(scale.type(), x.shape());
    for (int i = 0; i < y.size(); i++) {
      int s = scales.at(i);
      y.setDouble(i, (x.longAt(i) - zero.longAt(s)) * scale.doubleAt(s));
    }
    return List.of(y);
  }

  /** To uint8; the range always holds 0. */
  private static List<TypedTensor> dynamic(HostCall call) {
    TypedTensor x = call.input(0);
    double min = 0;
    double max = 0;
    for (int i = 0; i < x.size(); i++) {
      min = Math.min(min, x.doubleAt(i));
      max = Math.max(max, x.doubleAt(i));
    }
    float scale = max == min ? 1 : (float) ((max - min) / 255);
    long zero = saturate((float) (-min / scale), ElementType.UINT8);
    TypedTensor y = TypedTensor.zeros(ElementType.UINT8, x.shape());
    for (int i = 0; i < y.size(); i++) {
      float quotient = (float) (x.doubleAt(i) / scale);
      y.setLong(i, saturate(Math.rint(quotient) + zero, ElementType.UINT8));
    }
    TypedTensor zeroPoint = TypedTensor.zeros(ElementType.UINT8, Shape.of());
    zeroPoint.setLong(0, zero);
    return List.of(y, Elements.scalar(ElementType.FLOAT, scale), zeroPoint);
  }
}
