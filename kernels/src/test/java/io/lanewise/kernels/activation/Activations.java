package io.lanewise.kernels.activation;

import static io.lanewise.kernels.ErrorBound.U;

import io.lanewise.kernels.reference.ReferenceElementwise;
import java.util.List;

/** Activations of every kind, and how far off their kernels may be. */
public final class Activations {
  private static final double VANISHED = -87; // below, sigmoid and SiLU are 0

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
        Activation.tanh());
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
      case SIGMOID, SILU -> x < VANISHED ? 2e-36 : 3 * ulp;
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
      case SILU -> 1.1; // at 2.4
    };
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
      case SILU -> Double.isInfinite(s) ? 0 : s < VANISHED ? 2e-36 : siluError(s);
      case TANH -> U * (2 * slope + (fused ? 0 : s * s));
    };
  }

  /** s and 1 - s are off by 6 u and 11 u, then there is a step more each. */
  private static double siluError(double x) {
    double s = 1 / (1 + Math.exp(-x));
    return 19 * U * s * (1 + Math.abs(x) / (1 + Math.exp(x)));
  }
}
