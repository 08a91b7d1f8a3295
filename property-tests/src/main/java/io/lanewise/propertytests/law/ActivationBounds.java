package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Bounds.U;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.reference.ReferenceElementwise;

/**
 * How far an activation in float32 may be from the exact one: what {@code ActivationKernels}
 * promises, with products and sums fused or not.
 */
final class ActivationBounds {
  private static final double VANISHED = -87; // below, sigmoid and SiLU may be 0
  private static final double TINY = 2e-36; // more than they are there

  private ActivationBounds() {}

  /** Of {@code |y - f(x)|}. */
  static double error(Activation f, double x) {
    double ulp = Math.ulp((float) ReferenceElementwise.activate(f, x));
    return switch (f.kind()) {
      case IDENTITY, RELU, CLAMP -> 0;
      case LEAKY_RELU -> 0.5 * ulp;
      case HARD_SIGMOID -> 0.5 * ulp + U * (1 + Math.abs(f.second()));
      case HARD_SWISH -> 3.5 * ulp;
      case SIGMOID, SILU -> x < VANISHED ? TINY : 3 * ulp;
      case TANH -> 2 * ulp;
      default -> throw unknown(f);
    };
  }

  /** The same against a float32 expectation: half an ulp more, unless nothing is rounded. */
  static double rounded(Activation f, double x) {
    double error = error(f, x);
    double ulp = Math.ulp((float) ReferenceElementwise.activate(f, x));
    return error == 0 ? 0 : error + 0.5 * ulp;
  }

  /**
   * Of {@code |dx - f'(s)·dy| / |dy|} before the last product, s being what the backward pass
   * reads: a rounding for each step, four for e^x.
   */
  static double slopeError(Activation f, double s) {
    double slope = Math.abs(ReferenceElementwise.slope(f, s));
    return switch (f.kind()) {
      case IDENTITY, RELU, CLAMP, LEAKY_RELU, HARD_SIGMOID -> 0;
      case HARD_SWISH -> 3 * U * slope;
      case SIGMOID -> U * (2 * slope + s * s);
      case SILU -> s < VANISHED ? TINY : siluError(s);
      case TANH -> U * (2 * slope + s * s);
      default -> throw unknown(f);
    };
  }

  /** In s·(1 + x·(1 - s)), s is off by 6 u and 1 - s by 11 u; a step more each. */
  private static double siluError(double x) {
    double s = 1 / (1 + Math.exp(-x));
    return 19 * U * s * (1 + Math.abs(x) / (1 + Math.exp(x)));
  }

  /** True if neither the function nor its slope is ever rounded. */
  static boolean isExact(Activation f) {
    return switch (f.kind()) {
      case IDENTITY, RELU, CLAMP -> true;
      default -> false;
    };
  }

  /** The greatest magnitude of the third derivative between kinks; 2 is tanh's. */
  static double third(Activation f) {
    return switch (f.kind()) {
      case SIGMOID, SILU, TANH -> 2;
      default -> 0;
    };
  }

  /** The greatest magnitude of the slope. */
  static double steepest(Activation f) {
    return switch (f.kind()) {
      case IDENTITY, RELU, CLAMP, TANH -> 1;
      case LEAKY_RELU -> Math.max(1, Math.abs(f.first()));
      case HARD_SIGMOID -> Math.abs(f.first());
      case HARD_SWISH -> 1.5; // at 3
      case SIGMOID -> 0.25; // at 0
      case SILU -> 1.1; // at 2.4
      default -> throw unknown(f);
    };
  }

  /** Laws are about {@code ActivationSubject.KINDS}. */
  static IllegalArgumentException unknown(Activation f) {
    return new IllegalArgumentException("no law is about " + f);
  }
}
