package io.lanewise.kernels.micro;

/**
 * x^y = e^(y · log x) with the logarithm in two floats, or its error would be multiplied by y · log
 * x: log(m) = s · (2 + 2/3 · s² + 2/5 · s⁴ + ... + 2/11 · s^10) with s = (m - 1) / (m + 1), the
 * inverse hyperbolic tangent's series (the rest is below 2^-34 of it for m in [sqrt(1/2),
 * sqrt(2))). Sums and products that need two floats are Dekker's (A floating-point technique for
 * extending the available precision, Numer. Math. 18, 1971), products by a fused multiply-add.
 */
public final class PowerConstants {
  /** 2/3, rounded. */
  public static final float W3 = 0.6666667f;

  /** 2/3, the rest. */
  public static final float W3_LOW = -1.9868216e-8f;

  /** 2/5. */
  public static final float W5 = 0.4f;

  /** 2/7. */
  public static final float W7 = 0.2857143f;

  /** 2/9. */
  public static final float W9 = 0.22222222f;

  /** 2/11. */
  public static final float W11 = 0.18181819f;

  /** e^ABOVE is more than any float. */
  public static final float ABOVE = 89f;

  /** Above, half of e^x is computed, and doubled: it could be more than any float. */
  public static final float NEAR_TOP = 88f;

  /** 2 / sqrt(π), erf's slope at 0. */
  public static final float ROOT_SLOPE = 1.1283792f;

  private PowerConstants() {}
}
