package io.lanewise.onnx.host;

/** Functions that {@link Math} lacks, to some 1e-15 relative. */
final class Scalars {
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  private Scalars() {}

  /** Odd; by log1p, which keeps small numbers' digits. */
  static double asinh(double x) {
    double a = Math.abs(x);
    if (a > 0x1p28) {
      return Math.copySign(Math.log(a) + Math.log(2), x);
    }
    return Math.copySign(Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a))), x);
  }

  static double acosh(double x) {
    double t = x - 1;
    return x > 0x1p28 ? Math.log(x) + Math.log(2) : Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  static double atanh(double x) {
    return 0.5 * Math.log1p(2 * x / (1 - x));
  }

  /**
   * The error function. Up to 3 by its everywhere convergent series erf(x) = 2/√π · exp(-x²) · Σ
   * 2^k x^(2k+1) / (2k+1)!!, beyond by the continued fraction of erfc.
   *
   * @see <a href="https://dlmf.nist.gov/7.6">DLMF 7.6.2</a> and <a
   *     href="https://dlmf.nist.gov/7.9">7.9.1</a>
   */
  static double erf(double x) {
    double a = Math.abs(x);
    if (Double.isNaN(x) || a > 6) {
      return Double.isNaN(x) ? x : Math.signum(x);
    }
    return Math.copySign(a <= 3 ? erfSeries(a) : 1 - erfcFraction(a), x);
  }

  private static double erfSeries(double x) {
    double term = x;
    double sum = x;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= 2 * x * x / (2 * k + 1);
      sum += term;
    }
    return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
  }

  /** erfc(x) = exp(-x²) / √π / (x + 1/2 / (x + 1 / (x + 3/2 / (x + ...)))). */
  private static double erfcFraction(double x) {
    double f = x;
    for (int k = 60; k >= 1; k--) {
      f = x + 0.5 * k / f;
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / f;
  }

  static double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }

  /** log(1 + exp(x)) without overflow. */
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
