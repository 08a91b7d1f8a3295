package io.lanewise.onnx.lower;

import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that cut, join, repeat and reorder. */
final class MovementLowerings {
  private MovementLowerings() {}

  static void addTo(Lowerings.Builder table) {
    table.floats("Concat", MovementLowerings::concat);
    table.floats("Split", MovementLowerings::split, 0);
    table.floats("Slice", MovementLowerings::slice, 0);
    table.floats("Pad", MovementLowerings::pad, 0);
    table.floats("Transpose", MovementLowerings::transpose);
    table.floats("Expand", MovementLowerings::expand, 0);
    table.floats("Tile", MovementLowerings::tile, 0);
    table.floats("DepthToSpace", MovementLowerings::depthToSpace);
    table.floats("SpaceToDepth", MovementLowerings::spaceToDepth);
    table.floats("Trilu", MovementLowerings::trilu, 0);
  }

  /** A node with no input or an empty one is left to the host op; tensors of no elements drop. */
  private static List<Value> concat(LoweringCall call) {
    int axis = call.axis(call.node().intOr("axis", 1), call.rank(0));
    List<Value> filled = new ArrayList<>();
    for (int i = 0; i < call.inputs(); i++) {
      if (call.shape(i).size() > 0) {
        filled.add(call.input(i));
      }
    }
    if (filled.isEmpty()) {
      return LoweringCall.DECLINED;
    }
    return filled.size() == 1
        ? filled
        : call.only(GraphOps.concat(axis), filled.toArray(new Value[0]));
  }

  /** Sizes are an attribute before 13, an input since; without them the parts are alike. */
  private static List<Value> split(LoweringCall call) {
    Shape x = call.shape(0);
    int axis = call.axis(call.node().intOr("axis", 0), x.rank());
    int parts = (int) call.node().intOr("num_outputs", call.node().outputs().size());
    long[] sizes =
        call.longs(1, "split")
            .orElseGet(
                () -> {
                  long each = Math.ceilDiv(x.dim(axis), parts);
                  return LongStream.range(0, parts)
                      .map(i -> Math.clamp(x.dim(axis) - i * each, 0, each))
                      .toArray();
                });
    if (LongStream.of(sizes).sum() != x.dim(axis) || sizes.length != parts) {
      throw call.wrong(
          "%d parts should add up to axis %d of %s, got %s",
          parts, axis, x, Arrays.toString(sizes));
    }
    if (x.size() == 0 || LongStream.of(sizes).anyMatch(s -> s <= 0)) {
      return LoweringCall.DECLINED;
    }
    return call.addAll(GraphOps.split(axis, Windows.narrow(call, "a part", sizes)), call.input(0));
  }

  private static List<Value> slice(LoweringCall call) {
    Shape x = call.shape(0);
    long[] starts = call.longs(1, "starts").orElseThrow(() -> call.wrong("no starts"));
    long[] ends = call.longs(2, "ends").orElseThrow(() -> call.wrong("no ends"));
    long[] axes = call.longs(3, "axes").orElse(LongStream.range(0, starts.length).toArray());
    long[] steps =
        call.longs(4, "").orElse(LongStream.generate(() -> 1).limit(starts.length).toArray());
    if (x.size() == 0) {
      return LoweringCall.DECLINED;
    }
    return call.only(
        GraphOps.slice(call.axes(axes, x.rank()), bounds(starts), bounds(ends), bounds(steps)),
        call.input(0));
  }

  /** Bounds beyond an int lie beyond any axis, so the nearest int means the same. */
  private static int[] bounds(long[] values) {
    return LongStream.of(values)
        .mapToInt(v -> Math.clamp(v, Integer.MIN_VALUE + 1, Integer.MAX_VALUE))
        .toArray();
  }

  /** An attribute before 11, inputs since; axes since 18. */
  private static List<Value> pad(LoweringCall call) {
    Shape x = call.shape(0);
    boolean attributes = call.opset() < 11;
    Optional<long[]> pads =
        attributes ? call.node().ints(call.opset() < 2 ? "paddings" : "pads") : call.longs(1);
    if (pads.isEmpty() || !call.isKnown(2) || !call.isKnown(3) || x.size() == 0) {
      return LoweringCall.DECLINED;
    }
    int[] axes =
        call.has(3)
            ? call.axes(call.longs(3).orElseThrow(), x.rank())
            : IntStream.range(0, x.rank()).toArray();
    int[] told = Windows.narrow(call, "pads", pads.get());
    if (told.length != 2 * axes.length) {
      throw call.wrong(
          "pads should have %d numbers, got %s", 2 * axes.length, Arrays.toString(told));
    }
    int[] before = new int[x.rank()];
    int[] after = new int[x.rank()];
    for (int i = 0; i < axes.length; i++) {
      before[axes[i]] = told[i];
      after[axes[i]] = told[axes.length + i];
    }
    return pad(call, before, after);
  }

  private static List<Value> pad(LoweringCall call, int[] before, int[] after) {
    String mode = call.node().textOr("mode", "constant");
    float value =
        call.constant(2)
            .map(t -> (float) t.doubleAt(0))
            .orElseGet(() -> call.node().floatOr("value", 0));
    return switch (mode) {
      case "constant" -> call.only(GraphOps.pad(before, after, value), call.input(0));
      case "edge" -> call.only(GraphOps.pad(before, after, PadMode.EDGE), call.input(0));
      case "reflect" -> call.only(GraphOps.pad(before, after, PadMode.REFLECT), call.input(0));
      case "wrap" -> call.only(GraphOps.pad(before, after, PadMode.WRAP), call.input(0));
      default -> throw call.wrong("mode should be constant, edge, reflect or wrap, got %s", mode);
    };
  }

  private static List<Value> transpose(LoweringCall call) {
    int rank = call.rank(0);
    if (rank == 0) {
      return List.of(call.input(0));
    }
    int[] order =
        call.node()
            .ints("perm")
            .map(p -> call.axes(p, rank))
            .orElseGet(() -> IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
    if (order.length != rank || Arrays.stream(order).distinct().count() != rank) {
      throw call.wrong("perm should order %d axes, got %s", rank, Arrays.toString(order));
    }
    return call.only(GraphOps.transpose(order), call.input(0));
  }

  /** To the shape that both can be broadcast to. */
  private static List<Value> expand(LoweringCall call) {
    Shape x = call.shape(0);
    long[] wanted = call.longs(1).orElseThrow();
    int rank = Math.max(x.rank(), wanted.length);
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      int own = i - (rank - x.rank());
      int told = i - (rank - wanted.length);
      long a = own < 0 ? 1 : x.dim(own);
      long b = told < 0 ? 1 : wanted[told];
      if (a != b && a != 1 && b != 1) {
        throw call.wrong("cannot broadcast %s with %s", x, Arrays.toString(wanted));
      }
      dims[i] = a == 1 ? b : a;
    }
    Shape y = call.shapeOf(dims);
    return y.equals(x) ? List.of(call.input(0)) : call.only(GraphOps.expand(y), call.input(0));
  }

  private static List<Value> tile(LoweringCall call) {
    int[] repeats = Windows.narrow(call, "a repeat", call.longs(1).orElseThrow());
    if (call.opset() < 6
        || call.shape(0).size() == 0
        || Arrays.stream(repeats).anyMatch(r -> r < 1)) {
      return LoweringCall.DECLINED;
    }
    return repeats.length == 0
        ? List.of(call.input(0))
        : call.only(GraphOps.tile(repeats), call.input(0));
  }

  private static List<Value> depthToSpace(LoweringCall call) {
    String mode = call.node().textOr("mode", "DCR");
    if (!mode.equals("DCR") && !mode.equals("CRD")) {
      throw call.wrong("mode should be DCR or CRD, got %s", mode);
    }
    return call.only(GraphOps.depthToSpace(block(call), BlockOrder.valueOf(mode)), call.input(0));
  }

  private static List<Value> spaceToDepth(LoweringCall call) {
    return call.only(GraphOps.spaceToDepth(block(call), BlockOrder.DCR), call.input(0));
  }

  private static int block(LoweringCall call) {
    return Windows.narrow(call, "blocksize", call.node().intOr("blocksize", 0))[0];
  }

  private static List<Value> trilu(LoweringCall call) {
    Optional<TypedTensor> k = call.constant(1);
    if (!call.isKnown(1) || call.rank(0) < 2 || call.shape(0).size() == 0) {
      return LoweringCall.DECLINED;
    }
    int diagonal = k.map(t -> bounds(new long[] {t.longAt(0)})[0]).orElse(0);
    return call.only(GraphOps.trilu(call.node().intOr("upper", 1) != 0, diagonal), call.input(0));
  }
}
