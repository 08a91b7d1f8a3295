package io.lanewise.onnx.lower;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Nonlinearities. */
final class ActivationLowerings {
  /** The numbers of Klambauer et al., Self-Normalizing Neural Networks, 2017, to float32. */
  private static final float SELU_ALPHA = 1.6732632f;

  private static final float SELU_GAMMA = 1.050701f;

  private ActivationLowerings() {}

  static void addTo(Lowerings.Builder table) {
    plain(table, "Relu", Activation.relu());
    plain(table, "Sigmoid", Activation.sigmoid());
    plain(table, "Tanh", Activation.tanh());
    plain(table, "HardSwish", Activation.hardSwish());
    plain(table, "Mish", Activation.mish());
    plain(table, "Softsign", Activation.softsign());
    plain(table, "Softplus", Activation.softplus(1, Float.POSITIVE_INFINITY));
    table.floats("LeakyRelu", ActivationLowerings::leaky);
    table.floats("Elu", call -> one(call, Activation.elu(call.node().floatOr("alpha", 1))));
    table.floats("Celu", call -> one(call, Activation.celu(call.node().floatOr("alpha", 1))));
    table.floats("Selu", ActivationLowerings::selu);
    table.floats(
        "ThresholdedRelu",
        call -> one(call, Activation.threshold(call.node().floatOr("alpha", 1), 0)));
    table.floats("HardSigmoid", ActivationLowerings::hardSigmoid);
    table.floats("Gelu", ActivationLowerings::gelu);
    table.floats("PRelu", ActivationLowerings::prelu);
    table.floats("Clip", ActivationLowerings::clip);
    table.floats("Softmax", call -> softmax(call, false));
    table.floats("LogSoftmax", call -> softmax(call, true));
  }

  private static void plain(Lowerings.Builder table, String opType, Activation activation) {
    table.floats(opType, call -> one(call, activation));
  }

  private static List<Value> one(LoweringCall call, Activation activation) {
    return call.only(GraphOps.activation(activation), call.input(0));
  }

  private static List<Value> leaky(LoweringCall call) {
    return one(call, Activation.leakyRelu(call.node().floatOr("alpha", 0.01f)));
  }

  private static List<Value> selu(LoweringCall call) {
    float alpha = call.node().floatOr("alpha", SELU_ALPHA);
    float gamma = call.node().floatOr("gamma", SELU_GAMMA);
    if (Math.abs(alpha - SELU_ALPHA) < 1e-6f && Math.abs(gamma - SELU_GAMMA) < 1e-6f) {
      return one(call, Activation.selu());
    }
    Value elu = call.add(GraphOps.activation(Activation.elu(alpha)), call.input(0));
    return call.only(GraphOps.binary(BinaryOp.MUL), elu, call.number(gamma));
  }

  private static List<Value> hardSigmoid(LoweringCall call) {
    float alpha = call.node().floatOr("alpha", 0.2f);
    return one(call, Activation.hardSigmoid(alpha, call.node().floatOr("beta", 0.5f)));
  }

  private static List<Value> gelu(LoweringCall call) {
    String approximate = call.node().textOr("approximate", "none");
    return switch (approximate) {
      case "none" -> one(call, Activation.gelu());
      case "tanh" -> one(call, Activation.geluTanh());
      default -> throw call.wrong("approximate should be none or tanh, got %s", approximate);
    };
  }

  /**
   * The kernel takes one slope or one a channel, which opset 7 broadcasts as any tensor; others are
   * max(x, 0) + slope · min(x, 0).
   */
  private static List<Value> prelu(LoweringCall call) {
    Shape x = call.shape(0);
    Shape slope = call.shape(1);
    boolean perChannel =
        x.rank() >= 2
            && x.rank() <= 5
            && slope.rank() == (call.opset() < 7 ? 1 : x.rank() - 1)
            && slope.dim(0) == x.dim(1)
            && slope.size() == x.dim(1);
    if (x.size() > 0 && x.rank() >= 2 && x.rank() <= 5 && (slope.size() == 1 || perChannel)) {
      return call.only(GraphOps.prelu(), call.input(0), call.input(1));
    }
    Value zero = call.number(0);
    Value above = call.add(GraphOps.binary(BinaryOp.MAX), call.input(0), zero);
    Value below = call.add(GraphOps.binary(BinaryOp.MIN), call.input(0), zero);
    Value scaled = call.add(GraphOps.binary(BinaryOp.MUL), below, call.input(1));
    return call.only(GraphOps.binary(BinaryOp.ADD), above, scaled);
  }

  /** Bounds are attributes before opset 11, inputs since. */
  private static List<Value> clip(LoweringCall call) {
    if (!call.isKnown(1) || !call.isKnown(2)) {
      return clipByValues(call);
    }
    float least = bound(call, 1, "min", Float.NEGATIVE_INFINITY);
    float most = bound(call, 2, "max", Float.POSITIVE_INFINITY);
    if (least > most) { // the standard: all elements become max
      Value max = call.add(GraphOps.binary(BinaryOp.MAX), call.input(0), call.number(least));
      return call.only(GraphOps.binary(BinaryOp.MIN), max, call.number(most));
    }
    return call.only(GraphOps.clip(least, most), call.input(0));
  }

  private static float bound(LoweringCall call, int input, String attribute, float otherwise) {
    Optional<TypedTensor> value = call.constant(input);
    if (value.isPresent() && value.get().size() != 1) {
      throw call.wrong("a bound should be one number, got %s", value.get());
    }
    return value
        .map(t -> (float) t.doubleAt(0))
        .orElseGet(() -> call.node().floatOr(attribute, otherwise));
  }

  private static List<Value> clipByValues(LoweringCall call) {
    Value y = call.input(0);
    y = call.has(1) ? call.add(GraphOps.binary(BinaryOp.MAX), y, call.input(1)) : y;
    y = call.has(2) ? call.add(GraphOps.binary(BinaryOp.MIN), y, call.input(2)) : y;
    return List.of(y);
  }

  /** Before opset 13 over all axes from {@code axis} on, as one; since then along it alone. */
  private static List<Value> softmax(LoweringCall call, boolean log) {
    Shape x = call.shape(0);
    boolean flattens = call.opset() < 13;
    if (x.size() == 0 || x.rank() == 0) {
      return LoweringCall.DECLINED;
    }
    int axis = call.axis(call.node().intOr("axis", flattens ? 1 : -1), x.rank());
    if (!flattens || axis == x.rank() - 1) {
      return call.only(log ? GraphOps.logSoftmax(axis) : GraphOps.softmax(axis), call.input(0));
    }
    int columns = Arrays.stream(x.toArray(), axis, x.rank()).reduce(1, (a, b) -> a * b);
    Value rows = call.add(GraphOps.reshape(Shape.of(x.size() / columns, columns)), call.input(0));
    Value y = call.add(log ? GraphOps.logSoftmax(1) : GraphOps.softmax(1), rows);
    return call.only(GraphOps.reshape(x), y);
  }
}
