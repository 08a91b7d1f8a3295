package io.lanewise.onnx.lower;

import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.List;

/** Reductions, and what orders or accumulates along an axis. */
final class ReduceLowerings {
  private ReduceLowerings() {}

  static void addTo(Lowerings.Builder table) {
    reduction(table, "ReduceSum", ReduceOp.SUM);
    reduction(table, "ReduceMean", ReduceOp.MEAN);
    reduction(table, "ReduceMax", ReduceOp.MAX);
    reduction(table, "ReduceMin", ReduceOp.MIN);
    reduction(table, "ReduceProd", ReduceOp.PROD);
    reduction(table, "ReduceL1", ReduceOp.L1);
    reduction(table, "ReduceL2", ReduceOp.L2);
    reduction(table, "ReduceSumSquare", ReduceOp.SUM_OF_SQUARES);
    reduction(table, "ReduceLogSumExp", ReduceOp.LOG_SUM_EXP);
    table.floats("ReduceLogSum", ReduceLowerings::logSum, 0);
    table.floats("ArgMax", call -> arg(call, true));
    table.floats("ArgMin", call -> arg(call, false));
    table.floats("TopK", ReduceLowerings::topK, 0);
    table.floats("CumSum", ReduceLowerings::cumulativeSum, 0);
  }

  private static void reduction(Lowerings.Builder table, String opType, ReduceOp op) {
    table.floats(opType, call -> reduce(call, op), 0);
  }

  private static List<Value> logSum(LoweringCall call) {
    List<Value> sum = reduce(call, ReduceOp.SUM);
    return sum.isEmpty() ? sum : call.only(GraphOps.unary(UnaryOp.LOG), sum.getFirst());
  }

  /** Axes are an attribute, or since 13 (ReduceSum) and 18 an input. */
  private static List<Value> reduce(LoweringCall call, ReduceOp op) {
    Shape x = call.shape(0);
    if (!call.isKnown(1) || x.size() == 0) {
      return LoweringCall.DECLINED;
    }
    long[] axes = call.longs(1, "axes").orElse(new long[0]);
    if (axes.length == 0 && call.node().intOr("noop_with_empty_axes", 0) != 0) {
      return List.of(call.input(0));
    }
    if (x.rank() == 0) {
      return LoweringCall.DECLINED;
    }
    boolean keepDims = call.node().intOr("keepdims", 1) != 0;
    return call.only(GraphOps.reduce(op, keepDims, call.axes(axes, x.rank())), call.input(0));
  }

  private static List<Value> arg(LoweringCall call, boolean greatest) {
    Shape x = call.shape(0);
    if (x.size() == 0 || x.rank() == 0) {
      return LoweringCall.DECLINED;
    }
    int axis = call.axis(call.node().intOr("axis", 0), x.rank());
    boolean keepDims = call.node().intOr("keepdims", 1) != 0;
    boolean last = call.node().intOr("select_last_index", 0) != 0;
    GraphOp op =
        greatest ? GraphOps.argMax(keepDims, last, axis) : GraphOps.argMin(keepDims, last, axis);
    return call.only(op, call.input(0));
  }

  /** k is an attribute before opset 10, an input since. */
  private static List<Value> topK(LoweringCall call) {
    Shape x = call.shape(0);
    if (!call.isKnown(1) || x.size() == 0 || x.rank() == 0) {
      return LoweringCall.DECLINED;
    }
    long k = call.longs(1).map(v -> v[0]).orElseGet(() -> call.node().intOr("k", 0));
    int axis = call.axis(call.node().intOr("axis", -1), x.rank());
    if (k < 0 || k > x.dim(axis)) {
      throw call.wrong("k should be from 0 to %d, got %d", x.dim(axis), k);
    }
    boolean largest = call.node().intOr("largest", 1) != 0;
    return k == 0
        ? LoweringCall.DECLINED
        : call.addAll(GraphOps.topK(axis, (int) k, largest), call.input(0));
  }

  private static List<Value> cumulativeSum(LoweringCall call) {
    Shape x = call.shape(0);
    if (!call.isKnown(1) || x.size() == 0 || x.rank() == 0) {
      return LoweringCall.DECLINED;
    }
    int axis = call.axis(call.longs(1).orElseThrow()[0], x.rank());
    boolean exclusive = call.node().intOr("exclusive", 0) != 0;
    boolean reverse = call.node().intOr("reverse", 0) != 0;
    return call.only(GraphOps.cumulativeSum(axis, exclusive, reverse), call.input(0));
  }
}
