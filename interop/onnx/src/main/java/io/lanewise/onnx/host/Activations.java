package io.lanewise.onnx.host;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Activation functions by the operator's name, for nodes and for the cells of recurrent layers. */
final class Activations {
  static final List<String> NAMES =
      List.of(
          "Relu",
          "Sigmoid",
          "Tanh",
          "Softplus",
          "Softsign",
          "LeakyRelu",
          "Elu",
          "Selu",
          "Celu",
          "HardSigmoid",
          "HardSwish",
          "ThresholdedRelu",
          "Shrink",
          "Mish",
          "Gelu");

  private static final float SELU_ALPHA = 1.6732632f;
  private static final float SELU_GAMMA = 1.050701f;

  private Activations() {}

  /** The version that brought an operator. */
  static int since(String name) {
    return switch (name) {
      case "Shrink" -> 9;
      case "ThresholdedRelu" -> 10;
      case "Celu" -> 12;
      case "HardSwish" -> 14;
      case "Mish" -> 18;
      case "Gelu" -> 20;
      default -> 1;
    };
  }

  /** The function of a node, with the attributes' values. */
  static DoubleUnaryOperator of(String name, HostCall call) {
    var node = call.node();
    return switch (name) {
      case "Selu" -> selu(node.floatOr("alpha", SELU_ALPHA), node.floatOr("gamma", SELU_GAMMA));
      case "Shrink" -> shrink(node.floatOr("lambd", 0.5f), node.floatOr("bias", 0));
      case "Gelu" ->
          node.textOr("approximate", "none").equals("tanh")
              ? Activations::tanhGelu
              : Activations::gelu;
      default -> of(name, node.floatOr("alpha", alpha(name)), node.floatOr("beta", beta(name)));
    };
  }

  /** The function with up to two parameters; null of an unknown name. */
  static DoubleUnaryOperator of(String name, double alpha, double beta) {
    return switch (name) {
      case "Relu" -> v -> Math.max(0, v);
      case "Sigmoid" -> Scalars::sigmoid;
      case "Tanh" -> Math::tanh;
      case "Softplus" -> Scalars::softplus;
      case "Softsign" -> v -> v / (1 + Math.abs(v));
      case "Affine" -> v -> alpha * v + beta;
      case "ScaledTanh" -> v -> alpha * Math.tanh(beta * v);
      case "LeakyRelu" -> v -> v < 0 ? alpha * v : v;
      case "Elu" -> v -> v < 0 ? alpha * Math.expm1(v) : v;
      case "Celu" -> v -> v < 0 ? alpha * Math.expm1(v / alpha) : v;
      case "HardSigmoid" -> v -> hardSigmoid(v, alpha, beta);
      case "HardSwish" -> v -> v * hardSigmoid(v, 1.0 / 6, 0.5);
      case "ThresholdedRelu" -> v -> v <= alpha ? 0 : v;
      case "Mish" -> v -> v * Math.tanh(Scalars.softplus(v));
      default -> null;
    };
  }

  /** The default of the first parameter. */
  static float alpha(String name) {
    return switch (name) {
      case "LeakyRelu" -> 0.01f;
      case "HardSigmoid" -> 0.2f;
      default -> 1;
    };
  }

  /** The default of the second parameter. */
  static float beta(String name) {
    return name.equals("HardSigmoid") ? 0.5f : name.equals("ScaledTanh") ? 1 : 0;
  }

  private static double hardSigmoid(double v, double alpha, double beta) {
    return Math.max(0, Math.min(1, alpha * v + beta));
  }

  private static DoubleUnaryOperator selu(double alpha, double gamma) {
    return v -> gamma * (v > 0 ? v : alpha * Math.expm1(v));
  }

  private static DoubleUnaryOperator shrink(double lambda, double bias) {
    return v -> v < -lambda ? v + bias : v > lambda ? v - bias : 0;
  }

  private static double gelu(double v) {
    return 0.5 * v * (1 + Scalars.erf(v / Math.sqrt(2)));
  }

  private static double tanhGelu(double v) {
    return 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)));
  }
}
