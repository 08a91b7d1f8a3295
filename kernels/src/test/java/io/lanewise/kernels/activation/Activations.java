package io.lanewise.kernels.activation;

import static io.lanewise.kernels.ErrorBound.U;

import io.lanewise.kernels.reference.ReferenceElementwise;
import java.util.List;

/** Activations of every kind, and how far off their kernels may be. */
public final class Activations {
  private static final double LOST = 0x1p-140; // a subnormal factor's rounding, times x

  private Activations() {}

  /** Every kind, those with parameters more than once. */
  public static List<Activation> all() {
    return List.of(
        Activation.identity(),
        Activation.relu(),
        Activation.relu6(),
        Activation.clamp(-0.25f, 0.75f),
        Activation.clamp(Float.NEGATIVE_INFINITY, 0.5f),
        Activation.leakyRelu(),
        Activation.leakyRelu(-0.3f),
        Activation.hardSigmoid(),
        Activation.hardSigmoid(0.2f, 0.5f),
        Activation.hardSwish(),
        Activation.sigmoid(),
        Activation.silu(),
        Activation.tanh(),
        Activation.step(),
        Activation.threshold(0.5f, -0.25f),
        Activation.elu(),
        Activation.elu(0.3f),
        Activation.selu(),
        Activation.celu(),
        Activation.celu(2.5f),
        Activation.gelu(),
        Activation.geluTanh(),
        Activation.mish(),
        Activation.softplus(),
        Activation.softplus(1, 20),
        Activation.softplus(2.5f, 3),
        Activation.softsign());
  }

  /**
   * What {@code f(x)} may be off by.
   *
   * @param fused whether multiply-adds are rounded once
   */
  public static double error(Activation f, double x, boolean fused) {
    double ulp = Math.ulp((float) ReferenceElementwise.activate(f, x));
    return switch (f.kind()) {
      case IDENTITY, RELU, CLAMP -> 0;
      case LEAKY_RELU -> 0.5 * ulp;
      case HARD_SIGMOID -> 0.5 * ulp + (fused || ulp < Float.MIN_NORMAL ? 0 : U);
      case HARD_SWISH -> 3.5 * ulp; // three roundings and that of 1/6
      case TANH -> 2 * ulp;
      case STEP, THRESHOLD -> 0;
      case SIGMOID -> 2.5 * ulp;
      case SILU, ELU, SOFTSIGN -> 3 * ulp;
      case SELU, CELU -> 5 * ulp; // its factors are rounded, and so is x / alpha
      case MISH -> 4 * ulp;
      case GELU -> (8 + (fused ? 0 : x * x)) * ulp; // the square's rounding is not made up for
      case GELU_TANH -> (6 + 6 * cubic(x)) * ulp; // two roundings of e^v's argument
      case SOFTPLUS -> (4 + (f.first() == 1 ? 0 : Math.abs(f.first() * x))) * ulp;
    };
  }

  /** The greatest magnitude of the slope: what an error of the input grows by at most. */
  public static double steepest(Activation f) {
    return switch (f.kind()) {
      case IDENTITY, RELU, CLAMP, TANH -> 1;
      case LEAKY_RELU -> Math.max(1, Math.abs(f.first()));
      case HARD_SIGMOID -> Math.abs(f.first());
      case HARD_SWISH -> 1.5; // at 3
      case SIGMOID -> 0.25; // at 0
      case SILU, MISH, GELU, GELU_TANH -> 1.13; // GELU's at sqrt(2)
      case STEP, THRESHOLD -> Double.MAX_VALUE; // they jump
      case ELU, CELU -> Math.max(1, f.first());
      case SELU -> 1.76; // at 0
      case SOFTPLUS -> f.second() < 20 ? Double.MAX_VALUE : 1; // its threshold shows
      case SOFTSIGN -> 1;
    };
  }

  /** |v| where GELU's approximation has 1 / (1 + e^-v), and v matters. */
  private static double cubic(double x) {
    return x > 0 ? 2 : Math.min(112, Math.abs(1.6 * x + 0.072 * x * x * x));
  }

  /**
   * What {@code f'(s)} may be off by, s being what the backward pass reads. Each step is rounded
   * once; a product or constant costs one u, e^x four.
   */
  static double slopeError(Activation f, double s, boolean fused) {
    double slope = Math.abs(ReferenceElementwise.slope(f, s));
    return switch (f.kind()) {
      case IDENTITY, RELU, CLAMP, LEAKY_RELU, HARD_SIGMOID -> 0;
      case HARD_SWISH -> 3 * U * slope;
      case SIGMOID -> U * (slope + (fused ? 0 : s * s));
      case STEP, THRESHOLD -> 0;
      case ELU, SELU, CELU -> U * (slope + 4 * Math.max(1, f.first()));
      case SOFTSIGN -> 5 * U * slope;
      case SOFTPLUS -> U * slope * (6 + (f.first() == 1 ? 0 : 2 * Math.abs(f.first() * s))) + LOST;
      case SILU, MISH -> 20 * U * terms(f, s) + LOST;
      case GELU -> (12 + (fused ? 0 : Math.min(s * s, 225))) * U * terms(f, s) + LOST;
      case GELU_TANH -> (12 + 12 * cubic(s)) * U * terms(f, s) + LOST;
      case TANH -> U * (2 * slope + (fused ? 0 : s * s));
    };
  }

  /** |a| + |b| of a function x · a(x), whose slope is a + b. */
  private static double terms(Activation f, double x) {
    double slope = ReferenceElementwise.slope(f, x);
    if (x == 0 || Double.isInfinite(x)) {
      return Math.abs(slope);
    }
    double a = ReferenceElementwise.activate(f, x) / x;
    return Math.abs(a) + Math.abs(slope - a);
  }
}
