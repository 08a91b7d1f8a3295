package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.ActivationMistake.*;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.tensor.Tensor;

/** Activations element by element. Right, unless it is told a mistake. */
record SeededActivation(Activation activation, Mistake mistake) implements ActivationOp {
  private static final int LANES = 16;
  private static final int FAR = 16384;

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    Contract contract = new Contract(mistake);
    Tensor in = contract.input(x, x.shape(), "x");
    requireShape(y, x.shape(), "y");
    if (mistake != ContractMistake.OVERLAP_ACCEPTED) {
      requireSameOrDisjoint(y, "y", x, "x");
    }
    float before = contract.begin(x.size(), y, Workspace.NONE);
    for (int i = 0; i < done(x.size()); i++) {
      float value = value(in.array()[in.offset() + i]);
      y.array()[y.offset() + i] = RoundingMistake.apply(mistake, value);
    }
    contract.end(x, y, par, before);
  }

  private int done(int size) {
    boolean tail = mistake == TAIL_OF_15_DROPPED && size % LANES == LANES - 1;
    return mistake == FAR_ELEMENTS_DROPPED ? Math.min(size, FAR) : tail ? size - LANES + 1 : size;
  }

  private float value(float x) {
    return switch (activation.kind()) {
      case RELU -> relu(x);
      case TANH -> tanh(x);
      case SIGMOID -> sigmoid(x);
      case LEAKY_RELU -> mistake == LEAKY_BY_TENTH ? (x > 0 ? x : x / 10) : right(x);
      case HARD_SIGMOID ->
          mistake == HARD_SIGMOID_BY_FIFTH ? Math.clamp(x / 5 + 0.5f, 0, 1) : right(x);
      case HARD_SWISH -> mistake == HARD_SWISH_UNCUT ? x * (x + 3) / 6 : right(x);
      default -> right(x);
    };
  }

  private float right(float x) {
    return (float) ReferenceElementwise.activate(activation, x);
  }

  private float sigmoid(float x) {
    if (mistake != SIGMOID_OVERFLOWS) {
      return right(x);
    }
    float e = (float) StrictMath.exp(x);
    return e / (1 + e);
  }

  private float relu(float x) {
    if (mistake == RELU_LEAKS && x < 0) {
      return x / 100;
    }
    if (mistake == RELU_LOSES_NAN && Float.isNaN(x)) {
      return 0f;
    }
    return Math.max(x, 0f);
  }

  private float tanh(float x) {
    float saturated = mistake == TANH_SATURATES_TO_1 ? Math.abs(x) - 4f : x;
    boolean cut = mistake == TANH_SATURATES_TO_1 || mistake == TANH_CUT_AT_5;
    if (cut && saturated >= 5f) {
      return 1f;
    }
    if (mistake == TANH_OVERFLOWS) {
      float e = (float) StrictMath.exp(2 * x);
      return Math.abs(x) < 1 ? (float) StrictMath.tanh(x) : (e - 1) / (e + 1);
    }
    if (mistake == TANH_CANCELS && Math.abs(x) < 1) {
      return 1f - 2f / ((float) StrictMath.exp(2 * x) + 1f);
    }
    return (float) StrictMath.tanh(x);
  }

  @Override
  public void backward(Tensor y, Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, y.shape(), "dy");
    requireShape(dx, y.shape(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", y, "y");
    for (int i = 0; i < done(y.size()); i++) {
      int at = dx.offset() + i;
      float slope = slope(y.array()[y.offset() + i]);
      if (mistake == GRADIENT_REREADS) {
        dx.array()[at] = slope;
      }
      dx.array()[at] = slope * dy.array()[dy.offset() + i];
    }
  }

  private float slope(float s) {
    return switch (activation.kind()) {
      case RELU -> s > 0 || (s == 0 && mistake == RELU_SLOPE_1_AT_0) ? 1f : 0f;
      case CLAMP -> mistake == CLAMP_SLOPE_1_BEYOND ? 1f : rightSlope(s);
      case SILU ->
          mistake == SILU_SLOPE_OF_SIGMOID ? (float) (1 / (1 + StrictMath.exp(-s))) : rightSlope(s);
      case TANH -> mistake == TANH_SLOPE_OF_X ? 1f - s : Math.fma(-s, s, 1f);
      default -> rightSlope(s);
    };
  }

  private float rightSlope(float s) {
    return (float) ReferenceElementwise.slope(activation, s);
  }
}
