package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that take part of a tensor, repeat it, or order its axes anew. */
final class SliceOps {
  private SliceOps() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Slice", SliceOps::slice);
    table.add("Transpose", SliceOps::transpose);
    table.add("Expand", 8, SliceOps::expand);
    table.add("Tile", 6, SliceOps::tile);
    table.add("Compress", 9, SliceOps::compress);
    table.add("Trilu", 14, SliceOps::trilu);
    table.add("CenterCropPad", 18, SliceOps::centerCropPad);
  }

  /** Attributes before version 10, inputs and steps since. */
  private static List<TypedTensor> slice(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    long[] starts = call.longs(1, "starts").orElseThrow(() -> call.wrong("expected starts"));
    long[] ends = call.longs(2, "ends").orElseThrow(() -> call.wrong("expected ends"));
    long[] axes = call.longs(3, "axes").orElse(LongStream.range(0, starts.length).toArray());
    long[] steps =
        call.longs(4, "").orElse(LongStream.generate(() -> 1).limit(starts.length).toArray());
    if (ends.length != starts.length
        || axes.length != starts.length
        || steps.length != starts.length) {
      throw call.wrong("starts, ends, axes and steps should be of one length");
    }
    int[] strides = IndexWalk.strides(x.shape());
    int[] dims = x.shape().toArray();
    int from = 0;
    boolean[] seen = new boolean[rank];
    for (int i = 0; i < starts.length; i++) {
      int axis = call.axisOf(axes[i], rank);
      if (seen[axis] || steps[i] == 0) {
        throw call.wrong(seen[axis] ? "axis %d is given twice" : "the step on axis %d is 0", axis);
      }
      seen[axis] = true;
      Range range = Range.of(starts[i], ends[i], steps[i], dims[axis]);
      from += range.start() * strides[axis];
      dims[axis] = range.count();
      strides[axis] *= range.count() > 1 ? (int) steps[i] : 1;
    }
    Shape shape = Shape.of(dims);
    return List.of(
        shape.size() == 0
            ? TypedTensor.zeros(x.type(), shape)
            : Strided.copy(x, shape, strides, from));
  }

  /** Indices that a slice of one axis takes. */
  private record Range(int start, int count) {
    /** Negative bounds count from the end; bounds are cut to the axis. */
    static Range of(long start, long end, long step, int size) {
      long s = start < 0 ? Math.max(start, -size) + size : start;
      long e = end < 0 ? Math.max(end, -size - 1L) + size : end;
      if (step > 0) {
        s = Math.min(s, size);
        e = Math.clamp(e, 0L, size);
        return new Range((int) s, (int) Math.max(0, ceilDiv(e - s, step)));
      }
      s = Math.min(s, size - 1L);
      e = Math.clamp(e, -1L, size);
      return new Range((int) s, (int) Math.max(0, ceilDiv(e - s, step)));
    }

    private static long ceilDiv(long a, long b) {
      return b == Long.MIN_VALUE ? (a < 0 ? 1 : 0) : Math.ceilDiv(a, b);
    }
  }

  private static List<TypedTensor> transpose(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    int[] order =
        call.node()
            .ints("perm")
            .map(p -> Arrays.stream(p).mapToInt(a -> call.axisOf(a, rank)).toArray())
            .orElseGet(() -> IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
    if (order.length != rank || Arrays.stream(order).distinct().count() != rank) {
      throw call.wrong("%s is no order of the axes of %s", Arrays.toString(order), x);
    }
    return List.of(Strided.transpose(x, order));
  }

  /** A size of 1 in the wanted shape keeps the input's. */
  private static List<TypedTensor> expand(HostCall call) {
    TypedTensor x = call.input(0);
    Shape shape = Broadcast.shape(x.shape(), call.shape(call.longs(1)));
    return List.of(Broadcast.to(x, shape));
  }

  /** Views each axis as (repeat, size), with a stride of 0 for the repeats. */
  private static List<TypedTensor> tile(HostCall call) {
    TypedTensor x = call.input(0);
    long[] repeats = call.longs(1);
    int rank = x.shape().rank();
    if (repeats.length != rank) {
      throw call.wrong("expected %d repeats of %s, got %d", rank, x, repeats.length);
    }
    int[] dense = IndexWalk.strides(x.shape());
    long[] result = new long[rank];
    long[] views = new long[2 * rank];
    int[] strides = new int[2 * rank];
    for (int i = 0; i < rank; i++) {
      result[i] = Math.multiplyExact(repeats[i], x.shape().dim(i));
      views[2 * i] = repeats[i];
      views[2 * i + 1] = x.shape().dim(i);
      strides[2 * i + 1] = dense[i];
    }
    return List.of(Strided.copy(x, call.shape(views), strides, 0).reshape(call.shape(result)));
  }

  /** Without an axis, of the flattened input. */
  private static List<TypedTensor> compress(HostCall call) {
    TypedTensor given = call.input(0);
    TypedTensor x = call.node().has("axis") ? given : given.reshape(Shape.of(given.size()));
    int axis = call.axis(0, x.shape().rank());
    TypedTensor condition = call.ranked(1, 1);
    int size = x.shape().dim(axis);
    int[] kept =
        IntStream.range(0, Math.min(condition.size(), size)).filter(condition::booleanAt).toArray();
    return List.of(take(x, axis, kept));
  }

  /** The given indices of an axis. */
  static TypedTensor take(TypedTensor x, int axis, int[] indices) {
    int[] dims = x.shape().toArray();
    dims[axis] = indices.length;
    TypedTensor y = TypedTensor.zeros(x.type(), Shape.of(dims));
    int outer = Elements.count(x.shape(), 0, axis);
    int inner = Elements.count(x.shape(), axis + 1, dims.length);
    int size = x.shape().dim(axis);
    int to = 0;
    for (int o = 0; o < outer; o++) {
      for (int i : indices) {
        Strided.copy(x, (o * size + i) * inner, y, to, inner);
        to += inner;
      }
    }
    return y;
  }

  /** Keeps what lies on one side of a diagonal of the last two axes. */
  private static List<TypedTensor> trilu(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    if (rank < 2) {
      throw call.wrong("expected at least 2 dimensions, got %s", x);
    }
    boolean upper = call.node().intOr("upper", 1) != 0;
    long k = call.integer(1, 0);
    TypedTensor y = TypedTensor.zeros(x.type(), x.shape());
    for (IndexWalk w = new IndexWalk(x.shape()); w.hasNext(); w.advance()) {
      long diagonal = (long) w.index(rank - 1) - w.index(rank - 2);
      if (upper ? diagonal >= k : diagonal <= k) {
        y.copyElement(w.position(), x, w.position());
      }
    }
    return List.of(y);
  }

  /** Cuts or fills each axis to its size; an odd element is cut or added behind. */
  private static List<TypedTensor> centerCropPad(HostCall call) {
    TypedTensor x = call.input(0);
    long[] sizes = call.longs(1);
    int rank = x.shape().rank();
    long[] axes = call.node().ints("axes").orElse(LongStream.range(0, rank).toArray());
    if (axes.length != sizes.length) {
      throw call.wrong("expected %d sizes, got %d", axes.length, sizes.length);
    }
    long[] before = new long[rank];
    long[] after = new long[rank];
    for (int i = 0; i < axes.length; i++) {
      int axis = call.axisOf(axes[i], rank);
      long missing = sizes[i] - x.shape().dim(axis);
      before[axis] = missing >= 0 ? missing / 2 : -(-missing / 2);
      after[axis] = missing - before[axis];
    }
    return List.of(
        PadOp.pad(x, before, after, "constant", TypedTensor.zeros(x.type(), Shape.of()), call));
  }
}
