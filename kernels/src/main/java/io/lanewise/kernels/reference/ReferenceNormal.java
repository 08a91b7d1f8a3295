package io.lanewise.kernels.reference;

/**
 * The error function and the normal distribution in float64, without cancellation: a series of
 * positive terms near 0 (Abramowitz, Stegun: Handbook of Mathematical Functions, 1964, 7.1.6), the
 * continued fraction far from it (7.1.14). Errors are below 2^-43 of the result, which is mostly
 * that of e^(-x²).
 */
public final class ReferenceNormal {
  private static final int TERMS = 80;
  private static final int TERMS_NEAR = 1000; // the fraction's, where x is below 2

  private ReferenceNormal() {}

  /** {@code 2/sqrt(π) · ∫ e^(-t²) dt} from 0 to x. */
  public static double erf(double x) {
    if (Math.abs(x) < 2) {
      return series(x);
    }
    return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
  }

  /** {@code 1 - erf(x)}. */
  public static double erfc(double x) {
    if (x < 0.5) {
      return 1 - erf(x);
    }
    return fraction(x, x < 2 ? TERMS_NEAR : TERMS);
  }

  /** {@code Φ(x) = ∫ e^(-t²/2) / sqrt(2π) dt} from -Infinity to x. */
  public static double cumulative(double x) {
    return erfc(-x / Math.sqrt(2)) / 2;
  }

  /** {@code e^(-x²/2) / sqrt(2π)}. */
  public static double density(double x) {
    return StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** {@code 2/sqrt(π) · e^(-x²) · Σ over n of 2^n x^(2n+1) / (1·3·…·(2n+1))}. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < TERMS; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  /** {@code e^(-x²) / sqrt(π) / (x + (1/2) / (x + 1 / (x + (3/2) / (x + …))))}. */
  private static double fraction(double x, int terms) {
    double below = x;
    for (int n = terms; n >= 1; n--) {
      below = x + n / 2.0 / below;
    }
    return StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / below;
  }
}
