package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;
import java.util.stream.LongStream;

/** Pad: elements put around a tensor, or, by negative counts, taken away before others are put. */
final class PadOp {
  private static final int NOTHING = -1;

  private PadOp() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Pad", PadOp::pad);
  }

  /** Attributes before version 11, inputs since; axes since 18. */
  private static List<TypedTensor> pad(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    long[] pads =
        call.longs(1, call.opset() < 2 ? "paddings" : "pads")
            .orElseThrow(() -> call.wrong("expected pads"));
    long[] axes = call.has(3) ? call.longs(3) : LongStream.range(0, rank).toArray();
    if (pads.length != 2 * axes.length) {
      throw call.wrong("expected %d pads, got %d", 2 * axes.length, pads.length);
    }
    long[] before = new long[rank];
    long[] after = new long[rank];
    for (int i = 0; i < axes.length; i++) {
      int axis = call.axisOf(axes[i], rank);
      before[axis] = pads[i];
      after[axis] = pads[axes.length + i];
    }
    TypedTensor value =
        call.opset() < 11
            ? Elements.scalar(x.type(), call.node().floatOr("value", 0))
            : call.optional(2).orElseGet(() -> TypedTensor.zeros(x.type(), Shape.of()));
    return List.of(pad(x, before, after, call.node().textOr("mode", "constant"), value, call));
  }

  static TypedTensor pad(
      TypedTensor x, long[] before, long[] after, String mode, TypedTensor value, HostCall call) {
    int rank = x.shape().rank();
    if (value.size() != 1 || value.type() != x.type()) {
      throw call.wrong("the value should be one %s, got %s", x.type(), value);
    }
    long[] dims = new long[rank];
    int[][] sources = new int[rank][];
    int[] strides = IndexWalk.strides(x.shape());
    for (int axis = 0; axis < rank; axis++) {
      dims[axis] = Math.addExact(Math.addExact(before[axis], after[axis]), x.shape().dim(axis));
    }
    TypedTensor y = TypedTensor.zeros(x.type(), call.shape(dims));
    for (int axis = 0; axis < rank; axis++) {
      int size = x.shape().dim(axis);
      int first = (int) Math.clamp(-before[axis], 0L, size);
      int kept = Math.clamp(size + Math.min(after[axis], 0), first, size) - first;
      sources[axis] = sources(mode, before[axis] + first, y.shape().dim(axis), kept, call);
      for (int i = 0; i < sources[axis].length; i++) {
        sources[axis][i] += sources[axis][i] == NOTHING ? 0 : first;
      }
    }
    for (IndexWalk w = new IndexWalk(y.shape()); w.hasNext(); w.advance()) {
      int from = 0;
      for (int axis = 0; axis < rank && from != NOTHING; axis++) {
        int i = sources[axis][w.index(axis)];
        from = i == NOTHING ? NOTHING : from + i * strides[axis];
      }
      y.copyElement(w.position(), from == NOTHING ? value : x, Math.max(from, 0));
    }
    return y;
  }

  /** For each index of a padded axis, which of those that were not taken away it repeats. */
  private static int[] sources(String mode, long before, int count, int size, HostCall call) {
    int[] indices = new int[count];
    for (int o = 0; o < count; o++) {
      long i = o - before;
      if (size <= 0 && !mode.equals("constant")) {
        throw call.wrong("an axis of size 0 has nothing to repeat");
      }
      indices[o] =
          switch (mode) {
            case "constant" -> i < 0 || i >= size ? NOTHING : (int) i;
            case "edge" -> (int) Math.clamp(i, 0L, size - 1L);
            case "wrap" -> Math.floorMod(i, size);
            case "reflect" -> reflect(i, size);
            default -> throw call.unsupported("mode '" + mode + "'");
          };
    }
    return indices;
  }

  /** Mirrored at both ends, which are not repeated: period 2 · (size - 1). */
  private static int reflect(long i, int size) {
    if (size == 1) {
      return 0;
    }
    long period = 2L * (size - 1);
    long r = Math.floorMod(i, period);
    return (int) Math.min(r, period - r);
  }
}
