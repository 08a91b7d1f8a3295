package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;

/** Reduce*: one number made of all elements of some axes. */
final class Reductions {
  /** Sum of f(x), then g of it. */
  private record Kind(
      double start, DoubleUnaryOperator f, DoubleBinaryOperator combine, DoubleUnaryOperator g) {
    static Kind sum(DoubleUnaryOperator f, DoubleUnaryOperator g) {
      return new Kind(0, f, Double::sum, g);
    }
  }

  private Reductions() {}

  static void addTo(OpTable<HostOp> table) {
    table.add(
        "ReduceSum",
        op(
            13,
            Kind.sum(DoubleUnaryOperator.identity(), DoubleUnaryOperator.identity()),
            Long::sum));
    table.add(
        "ReduceSumSquare",
        op(18, Kind.sum(v -> v * v, DoubleUnaryOperator.identity()), (s, v) -> s + v * v));
    table.add(
        "ReduceL1",
        op(18, Kind.sum(Math::abs, DoubleUnaryOperator.identity()), (s, v) -> s + Math.abs(v)));
    table.add("ReduceL2", op(18, Kind.sum(v -> v * v, Math::sqrt), null));
    table.add("ReduceLogSum", op(18, Kind.sum(DoubleUnaryOperator.identity(), Math::log), null));
    table.add(
        "ReduceProd",
        op(
            18,
            new Kind(
                1, DoubleUnaryOperator.identity(), (a, b) -> a * b, DoubleUnaryOperator.identity()),
            (a, b) -> a * b));
    table.add("ReduceMax", call -> extreme(call, Binary.MAX, Double.NEGATIVE_INFINITY));
    table.add("ReduceMin", call -> extreme(call, Binary.MIN, Double.POSITIVE_INFINITY));
    table.add("ReduceMean", Reductions::mean);
    table.add("ReduceLogSumExp", Reductions::logSumExp);
  }

  /** Integers by {@code integer} if there is one. */
  private static HostOp op(int axesAreInputSince, Kind kind, LongBinaryOperator integer) {
    return call -> {
      TypedTensor x = call.input(0);
      int[] axes = axes(call, axesAreInputSince);
      Shape shape = shape(x.shape(), axes, keepDims(call));
      if (integer != null && !x.type().isFloating()) {
        long[] values = longs(x, axes, (long) kind.start(), integer);
        return List.of(Elements.of(x.type(), shape, values));
      }
      double[] values =
          reduce(
              x,
              axes,
              kind.start(),
              (a, v) -> kind.combine().applyAsDouble(a, kind.f().applyAsDouble(v)));
      Arrays.setAll(values, i -> kind.g().applyAsDouble(values[i]));
      return Elements.one(x.type(), shape, values);
    };
  }

  private static List<TypedTensor> mean(HostCall call) {
    TypedTensor x = call.input(0);
    int[] axes = axes(call, 18);
    Shape shape = shape(x.shape(), axes, keepDims(call));
    double[] sums = reduce(x, axes, 0, Double::sum);
    double count =
        Arrays.stream(axes).mapToDouble(a -> x.shape().dim(a)).reduce(1, (a, b) -> a * b);
    Arrays.setAll(sums, i -> sums[i] / count);
    return Elements.one(x.type(), shape, sums);
  }

  /** Shifted by the greatest element, so that no exponential overflows. */
  private static List<TypedTensor> logSumExp(HostCall call) {
    TypedTensor x = call.input(0);
    int[] axes = axes(call, 18);
    Shape shape = shape(x.shape(), axes, keepDims(call));
    double[] max = reduce(x, axes, Double.NEGATIVE_INFINITY, Math::max);
    double[] sums = new double[max.length];
    for (IndexWalk w = walk(x, axes); w.hasNext(); w.advance()) {
      double shift = finite(max[w.at(0)]);
      sums[w.at(0)] += Math.exp(x.doubleAt(w.position()) - shift);
    }
    Arrays.setAll(sums, i -> Math.log(sums[i]) + finite(max[i]));
    return Elements.one(x.type(), shape, sums);
  }

  private static double finite(double v) {
    return Double.isInfinite(v) ? 0 : v;
  }

  private static List<TypedTensor> extreme(HostCall call, Binary.Arithmetic f, double ofNothing) {
    TypedTensor x = call.input(0);
    int[] axes = axes(call, 18);
    Shape shape = shape(x.shape(), axes, keepDims(call));
    if (x.type().isFloating()) {
      return Elements.one(x.type(), shape, reduce(x, axes, ofNothing, f.floating()));
    }
    boolean unsigned = x.type() == ElementType.UINT64;
    LongBinaryOperator g = unsigned ? f.unsigned64() : f.integer();
    TypedTensor y = TypedTensor.zeros(x.type(), shape);
    boolean[] seen = new boolean[y.size()];
    for (IndexWalk w = walk(x, axes); w.hasNext(); w.advance()) {
      int at = w.at(0);
      long v = x.longAt(w.position());
      y.setLong(at, seen[at] ? g.applyAsLong(y.longAt(at), v) : v);
      seen[at] = true;
    }
    return List.of(y);
  }

  private static boolean keepDims(HostCall call) {
    return call.node().intOr("keepdims", 1) != 0;
  }

  /** The axes to reduce, each once, in order; without any all, or none by {@code noop}. */
  private static int[] axes(HostCall call, int areInputSince) {
    int rank = call.input(0).shape().rank();
    long[] given =
        (call.opset() >= areInputSince
                ? call.optional(1).map(Elements::longs)
                : call.node().ints("axes"))
            .orElse(new long[0]);
    if (given.length == 0 && call.node().intOr("noop_with_empty_axes", 0) == 0) {
      return IntStream.range(0, rank).toArray();
    }
    return Arrays.stream(given).mapToInt(a -> call.axisOf(a, rank)).sorted().distinct().toArray();
  }

  /** What a reduction leaves of a shape. */
  static Shape shape(Shape x, int[] axes, boolean keepDims) {
    boolean[] reduced = new boolean[x.rank()];
    for (int a : axes) {
      reduced[a] = true;
    }
    return Shape.of(
        IntStream.range(0, x.rank())
            .filter(i -> keepDims || !reduced[i])
            .map(i -> reduced[i] ? 1 : x.dim(i))
            .toArray());
  }

  /** Walks x; offset 0 is that of the reduced element. */
  private static IndexWalk walk(TypedTensor x, int[] axes) {
    Shape kept = shape(x.shape(), axes, true);
    return new IndexWalk(x.shape(), IndexWalk.strides(kept, x.shape()));
  }

  /** Combines all elements of the axes in order. */
  static double[] reduce(TypedTensor x, int[] axes, double start, DoubleBinaryOperator combine) {
    double[] y = new double[shape(x.shape(), axes, false).size()];
    Arrays.fill(y, start);
    for (IndexWalk w = walk(x, axes); w.hasNext(); w.advance()) {
      y[w.at(0)] = combine.applyAsDouble(y[w.at(0)], x.doubleAt(w.position()));
    }
    return y;
  }

  private static long[] longs(TypedTensor x, int[] axes, long start, LongBinaryOperator combine) {
    long[] y = new long[shape(x.shape(), axes, false).size()];
    Arrays.fill(y, start);
    for (IndexWalk w = walk(x, axes); w.hasNext(); w.advance()) {
      y[w.at(0)] = combine.applyAsLong(y[w.at(0)], x.longAt(w.position()));
    }
    return y;
  }
}
