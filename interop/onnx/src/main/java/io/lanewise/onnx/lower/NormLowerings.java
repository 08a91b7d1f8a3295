package io.lanewise.onnx.lower;

import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.Arrays;
import java.util.List;

/** Normalisations. */
final class NormLowerings {
  private NormLowerings() {}

  static void addTo(Lowerings.Builder table) {
    table.floats("BatchNormalization", NormLowerings::batch);
    table.floats("InstanceNormalization", NormLowerings::instance);
    table.floats("LayerNormalization", NormLowerings::layer);
    table.floats("GroupNormalization", NormLowerings::group);
    table.floats("LRN", NormLowerings::lrn);
    table.floats("MeanVarianceNormalization", NormLowerings::meanVariance);
    table.floats("LpNormalization", NormLowerings::length);
  }

  /** In inference; training, which has more outputs, is the host op's. */
  private static List<Value> batch(LoweringCall call) {
    boolean training =
        call.node().intOr("training_mode", 0) != 0
            || call.node().hasOutput(1)
            || call.node().intOr("spatial", 1) == 0;
    Shape x = call.shape(0);
    if (training || x.rank() < 2 || x.rank() > 5 || x.size() == 0) {
      return LoweringCall.DECLINED;
    }
    for (int i = 1; i <= 4; i++) {
      if (!call.shape(i).equals(Shape.of(x.dim(1)))) {
        throw call.wrong("input %d should be [%d], got %s", i, x.dim(1), call.shape(i));
      }
    }
    return call.only(
        GraphOps.batchNorm(epsilon(call)),
        call.input(0),
        call.input(1),
        call.input(2),
        call.input(3),
        call.input(4));
  }

  private static double epsilon(LoweringCall call) {
    return call.node().floatOr("epsilon", 1e-5f);
  }

  private static List<Value> instance(LoweringCall call) {
    return Windows.areImages(call.shape(0))
        ? call.only(
            GraphOps.instanceNorm(epsilon(call)), call.input(0), call.input(1), call.input(2))
        : LoweringCall.DECLINED;
  }

  private static List<Value> layer(LoweringCall call) {
    Shape x = call.shape(0);
    int axis = call.axis(call.node().intOr("axis", -1), x.rank());
    Shape parameters = Shape.of(Arrays.copyOfRange(x.toArray(), axis, x.rank()));
    boolean fits =
        call.shape(1).equals(parameters) && (!call.has(2) || call.shape(2).equals(parameters));
    if (!fits || x.size() == 0 || call.node().hasOutput(1) || call.node().hasOutput(2)) {
      return LoweringCall.DECLINED;
    }
    double epsilon = epsilon(call);
    return call.has(2)
        ? call.only(GraphOps.layerNorm(axis, epsilon), call.input(0), call.input(1), call.input(2))
        : call.only(GraphOps.layerNorm(axis, epsilon), call.input(0), call.input(1));
  }

  /** Before opset 21 scale and bias are one a group, since then one a channel. */
  private static List<Value> group(LoweringCall call) {
    Shape x = call.shape(0);
    int groups = Windows.narrow(call, "num_groups", call.node().intOr("num_groups", 0))[0];
    if (groups < 1 || x.rank() < 2 || x.dim(1) % groups != 0) {
      throw call.wrong("%d groups do not divide the channels of %s", groups, x);
    }
    if (!Windows.areImages(x)) {
      return LoweringCall.DECLINED;
    }
    return call.only(
        GraphOps.groupNorm(groups, epsilon(call)),
        call.input(0),
        perChannel(call, call.input(1), groups),
        perChannel(call, call.input(2), groups));
  }

  private static Value perChannel(LoweringCall call, Value v, int groups) {
    int c = call.shape(0).dim(1);
    if (v.shape().equals(Shape.of(c))) {
      return v;
    }
    if (!v.shape().equals(Shape.of(groups))) {
      throw call.wrong("scale and bias should be [%d] or [%d], got %s", groups, c, v.shape());
    }
    Value column = call.add(GraphOps.reshape(Shape.of(groups, 1)), v);
    Value repeated = call.add(GraphOps.expand(Shape.of(groups, c / groups)), column);
    return call.add(GraphOps.reshape(Shape.of(c)), repeated);
  }

  private static List<Value> lrn(LoweringCall call) {
    Shape x = call.shape(0);
    int size = Windows.narrow(call, "size", call.node().intOr("size", 0))[0];
    if (x.rank() < 2 || x.rank() > 5 || x.size() == 0) {
      return LoweringCall.DECLINED;
    }
    Lrn numbers =
        Lrn.onnx(
            size,
            call.node().floatOr("alpha", 1e-4f),
            call.node().floatOr("beta", 0.75f),
            call.node().floatOr("bias", 1));
    return call.only(GraphOps.lrn(numbers), call.input(0));
  }

  /** {@code (x - mean) / (sqrt(mean((x - mean)²)) + 1e-9)}, as the standard's function body. */
  private static List<Value> meanVariance(LoweringCall call) {
    Shape x = call.shape(0);
    if (x.size() == 0) {
      return LoweringCall.DECLINED;
    }
    int[] axes = call.axes(call.node().ints("axes").orElse(new long[] {0, 2, 3}), x.rank());
    Value mean = call.add(GraphOps.reduce(ReduceOp.MEAN, true, axes), call.input(0));
    Value centred = call.add(GraphOps.binary(BinaryOp.SUB), call.input(0), mean);
    Value squares = call.add(GraphOps.unary(UnaryOp.SQUARE), centred);
    Value variance = call.add(GraphOps.reduce(ReduceOp.MEAN, true, axes), squares);
    Value deviation = call.add(GraphOps.unary(UnaryOp.SQRT), variance);
    Value divisor = call.add(GraphOps.binary(BinaryOp.ADD), deviation, call.number(1e-9f));
    return call.only(GraphOps.binary(BinaryOp.DIV), centred, divisor);
  }

  private static List<Value> length(LoweringCall call) {
    Shape x = call.shape(0);
    long p = call.node().intOr("p", 2);
    if (x.size() == 0 || (p != 1 && p != 2)) {
      return LoweringCall.DECLINED;
    }
    int axis = call.axis(call.node().intOr("axis", -1), x.rank());
    ReduceOp op = p == 1 ? ReduceOp.L1 : ReduceOp.L2;
    Value length = call.add(GraphOps.reduce(op, true, axis), call.input(0));
    return call.only(GraphOps.binary(BinaryOp.DIV), call.input(0), length);
  }
}
