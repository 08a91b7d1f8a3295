package io.lanewise.onnx.lower;

import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;
import java.util.Optional;

/** Picking and updating by indices, which are int32 or int64 and may count from the end. */
final class GatherLowerings {
  private GatherLowerings() {}

  static void addTo(Lowerings.Builder table) {
    table.floats("Gather", GatherLowerings::gather, 0);
    table.floats("GatherElements", call -> pick(call, GraphOps.gatherElements(axis(call, 0))), 0);
    table.floats("GatherND", GatherLowerings::gatherNd, 0);
    table.floats("ScatterElements", GatherLowerings::scatterElements, 0, 2);
    table.floats("Scatter", GatherLowerings::scatterElements, 0, 2);
    table.floats("ScatterND", GatherLowerings::scatterNd, 0, 2);
  }

  private static int axis(LoweringCall call, long otherwise) {
    return call.axis(call.node().intOr("axis", otherwise), call.rank(0));
  }

  private static boolean isEmpty(LoweringCall call) {
    return call.shape(0).size() == 0 || call.shape(1).size() == 0;
  }

  private static boolean hasIndices(LoweringCall call) {
    ElementType type = call.input(1).type().type();
    return type == ElementType.INT64 || type == ElementType.INT32;
  }

  private static List<Value> pick(LoweringCall call, GraphOp op) {
    return isEmpty(call) || !hasIndices(call)
        ? LoweringCall.DECLINED
        : call.only(op, call.input(0), call.input(1));
  }

  /** One slice that is known is a slice: no copy of indices, and more that can be folded. */
  private static List<Value> gather(LoweringCall call) {
    int axis = axis(call, 0);
    Optional<TypedTensor> index = call.constant(1).filter(t -> t.shape().rank() == 0);
    if (index.isEmpty() || isEmpty(call)) {
      return pick(call, GraphOps.gather(axis));
    }
    int size = call.shape(0).dim(axis);
    long at = index.get().longAt(0);
    if (at < -size || at >= size) {
      throw call.wrong("index %d is outside axis %d of %s", at, axis, call.shape(0));
    }
    int from = (int) (at < 0 ? at + size : at);
    Value slice =
        call.add(
            GraphOps.slice(new int[] {axis}, new int[] {from}, new int[] {from + 1}, new int[] {1}),
            call.input(0));
    int[] dims = call.shape(0).toArray();
    int[] left = new int[dims.length - 1];
    System.arraycopy(dims, 0, left, 0, axis);
    System.arraycopy(dims, axis + 1, left, axis, left.length - axis);
    return call.only(GraphOps.reshape(Shape.of(left)), slice);
  }

  private static List<Value> gatherNd(LoweringCall call) {
    int batch = Windows.narrow(call, "batch_dims", call.node().intOr("batch_dims", 0))[0];
    return pick(call, GraphOps.gatherNd(batch));
  }

  private static List<Value> scatterElements(LoweringCall call) {
    Optional<ScatterMode> mode = mode(call);
    return mode.isEmpty() || isEmpty(call) || !hasIndices(call)
        ? LoweringCall.DECLINED
        : call.only(
            GraphOps.scatterElements(axis(call, 0), mode.get()),
            call.input(0),
            call.input(1),
            call.input(2));
  }

  private static List<Value> scatterNd(LoweringCall call) {
    Optional<ScatterMode> mode = mode(call);
    return mode.isEmpty() || isEmpty(call) || !hasIndices(call)
        ? LoweringCall.DECLINED
        : call.only(GraphOps.scatterNd(mode.get()), call.input(0), call.input(1), call.input(2));
  }

  private static Optional<ScatterMode> mode(LoweringCall call) {
    return switch (call.node().textOr("reduction", "none")) {
      case "none" -> Optional.of(ScatterMode.NONE);
      case "add" -> Optional.of(ScatterMode.ADD);
      case "mul" -> Optional.of(ScatterMode.MUL);
      case "max" -> Optional.of(ScatterMode.MAX);
      case "min" -> Optional.of(ScatterMode.MIN);
      default -> Optional.empty();
    };
  }
}
