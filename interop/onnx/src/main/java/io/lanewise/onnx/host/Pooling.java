package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** MaxPool, AveragePool, LpPool, their global forms, MaxUnpool. */
final class Pooling {
  private Pooling() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("MaxPool", Pooling::maxPool);
    table.add("AveragePool", Pooling::averagePool);
    table.add("LpPool", Pooling::lpPool);
    table.add("MaxUnpool", 9, Pooling::maxUnpool);
    table.add("GlobalMaxPool", call -> global(call, Kind.MAX));
    table.add("GlobalAveragePool", call -> global(call, Kind.AVERAGE));
    table.add("GlobalLpPool", call -> global(call, Kind.LP));
  }

  private enum Kind {
    MAX,
    AVERAGE,
    LP
  }

  private static int[] kernel(HostCall call) {
    long[] kernel =
        call.node().ints("kernel_shape").orElseThrow(() -> call.wrong("expected kernel_shape"));
    return Windows.positive(call, "kernel_shape", kernel.length);
  }

  private static Shape outShape(HostCall call, Windows windows) {
    int[] dims = call.input(0).shape().toArray();
    boolean ceil = call.node().intOr("ceil_mode", 0) != 0;
    System.arraycopy(windows.out(ceil), 0, dims, 2, windows.axes());
    return Shape.of(dims);
  }

  /** The second output holds flat indices into the whole input. */
  private static List<TypedTensor> maxPool(HostCall call) {
    TypedTensor x = call.input(0);
    Windows windows = Windows.of(call, x.shape(), kernel(call));
    Shape shape = outShape(call, windows);
    TypedTensor y = TypedTensor.zeros(x.type(), shape);
    TypedTensor indices = TypedTensor.zeros(ElementType.INT64, shape);
    boolean columnMajor = call.node().intOr("storage_order", 0) != 0;
    int[][] taps = Windows.indices(windows.kernel());
    int[][] pixels = Windows.indices(Arrays.copyOfRange(shape.toArray(), 2, shape.rank()));
    int plane = Elements.count(x.shape(), 2, x.shape().rank());
    for (int i = 0; i < y.size(); i++) {
      int first = i / pixels.length * plane;
      int best = -1;
      for (int[] tap : taps) {
        int at = windows.source(pixels[i % pixels.length], tap);
        boolean better =
            at >= 0 && (best < 0 || Binary.compare(x, first + at, x, first + best) > 0);
        best = better ? at : best;
      }
      if (best < 0) {
        y.setDouble(i, x.type().isFloating() ? Double.NEGATIVE_INFINITY : lowest(x.type()));
        continue;
      }
      y.copyElement(i, x, first + best);
      indices.setLong(i, first + (columnMajor ? columnMajor(best, windows.in()) : best));
    }
    return List.of(y, indices);
  }

  private static long lowest(ElementType type) {
    return type == ElementType.INT8 ? Byte.MIN_VALUE : 0;
  }

  /** The same place where the first axis is the one that moves fastest. */
  private static int columnMajor(int rowMajor, int[] sizes) {
    int rest = rowMajor;
    int result = 0;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      result += rest % sizes[axis] * product(sizes, axis);
      rest /= sizes[axis];
    }
    return result;
  }

  private static int product(int[] sizes, int count) {
    int p = 1;
    for (int i = 0; i < count; i++) {
      p *= sizes[i];
    }
    return p;
  }

  /** Padding counts by {@code count_include_pad}; what lies beyond the padding never does. */
  private static List<TypedTensor> averagePool(HostCall call) {
    Windows windows = Windows.of(call, call.input(0).shape(), kernel(call));
    boolean includePad = call.node().intOr("count_include_pad", 0) != 0;
    return pool(
        call,
        windows,
        (sum, valid, pixel) -> sum / (includePad ? padded(windows, pixel) : valid),
        v -> v);
  }

  /** Taps of a window that lie on the input or its padding. */
  private static int padded(Windows windows, int[] pixel) {
    int count = 1;
    for (int axis = 0; axis < windows.axes(); axis++) {
      int end = windows.in()[axis] + windows.before()[axis] + windows.after()[axis];
      int start = pixel[axis] * windows.stride()[axis];
      int taps = Math.ceilDiv(end - start, windows.dilation()[axis]);
      count *= Math.min(taps, windows.kernel()[axis]);
    }
    return count;
  }

  private static List<TypedTensor> lpPool(HostCall call) {
    double p = norm(call);
    Windows windows = Windows.of(call, call.input(0).shape(), kernel(call));
    return pool(
        call, windows, (sum, valid, pixel) -> Math.pow(sum, 1 / p), v -> Math.pow(Math.abs(v), p));
  }

  /** An integer since version 2. */
  private static double norm(HostCall call) {
    return call.opset() < 2 ? call.node().floatOr("p", 2) : call.node().intOr("p", 2);
  }

  /** What becomes of the sum over a window. */
  @FunctionalInterface
  private interface Finish {
    double apply(double sum, int valid, int[] pixel);
  }

  private static List<TypedTensor> pool(
      HostCall call, Windows windows, Finish finish, DoubleUnaryOperator f) {
    TypedTensor x = call.input(0);
    Shape shape = outShape(call, windows);
    double[] xs = Elements.doubles(x);
    double[] y = new double[shape.size()];
    int[][] taps = Windows.indices(windows.kernel());
    int[][] pixels = Windows.indices(Arrays.copyOfRange(shape.toArray(), 2, shape.rank()));
    int plane = Elements.count(x.shape(), 2, x.shape().rank());
    for (int i = 0; i < y.length; i++) {
      int[] pixel = pixels[i % pixels.length];
      double sum = 0;
      int valid = 0;
      for (int[] tap : taps) {
        int at = windows.source(pixel, tap);
        if (at >= 0) {
          sum += f.applyAsDouble(xs[i / pixels.length * plane + at]);
          valid++;
        }
      }
      y[i] = finish.apply(sum, valid, pixel);
    }
    return Elements.one(x.type(), shape, y);
  }

  private static List<TypedTensor> global(HostCall call, Kind kind) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    if (rank < 3) {
      throw call.wrong("expected images, got %s", x);
    }
    int plane = Elements.count(x.shape(), 2, rank);
    int[] dims = x.shape().toArray();
    Arrays.fill(dims, 2, rank, 1);
    double[] y = new double[dims[0] * dims[1]];
    double p = kind == Kind.LP ? norm(call) : 1;
    for (int i = 0; i < y.length; i++) {
      double max = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int k = 0; k < plane; k++) {
        double v = x.doubleAt(i * plane + k);
        max = Math.max(max, v);
        sum += kind == Kind.LP ? Math.pow(Math.abs(v), p) : v;
      }
      y[i] =
          switch (kind) {
            case MAX -> max;
            case AVERAGE -> sum / plane;
            case LP -> Math.pow(sum, 1 / p);
          };
    }
    return Elements.one(x.type(), Shape.of(dims), y);
  }

  /** Puts each element where its index says in an output of zeros. */
  private static List<TypedTensor> maxUnpool(HostCall call) {
    TypedTensor x = call.input(0);
    TypedTensor indices = call.input(1);
    int[] kernel = kernel(call);
    Windows windows = Windows.of(call, x.shape(), kernel);
    int[] inferred = x.shape().toArray();
    for (int i = 0; i < kernel.length; i++) {
      inferred[2 + i] =
          (inferred[2 + i] - 1) * windows.stride()[i]
              + kernel[i]
              - windows.before()[i]
              - windows.after()[i];
    }
    Shape own = Shape.of(inferred);
    Shape shape = call.has(2) ? call.shape(call.longs(2)) : own;
    if (indices.size() != x.size() || shape.rank() != own.rank()) {
      throw call.wrong("indices %s or the output's shape %s do not fit %s", indices, shape, x);
    }
    TypedTensor y = TypedTensor.zeros(x.type(), shape);
    int[] strides = IndexWalk.strides(shape);
    for (int i = 0; i < x.size(); i++) {
      int rest = GatherOps.index(call, indices.longAt(i), own.size());
      int to = 0;
      for (int axis = own.rank() - 1; axis >= 0; axis--) {
        to += rest % own.dim(axis) * strides[axis];
        rest /= own.dim(axis);
      }
      y.copyElement(GatherOps.index(call, to, y.size()), x, i);
    }
    return List.of(y);
  }
}
