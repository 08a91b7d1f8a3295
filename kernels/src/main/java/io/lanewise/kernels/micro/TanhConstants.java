package io.lanewise.kernels.micro;

/**
 * tanh(x) for |x| below {@link #SMALL}: x + x³·P(x²), where P interpolates (tanh(x)/x - 1)/x² at
 * the six Chebyshev nodes of x² in [0, SMALL²] (computed in float64, then rounded; error 0.1 of
 * half an ulp). For larger |x|: 1 - 2 / (e^(2|x|) + 1) with x's sign, with e^x by {@link
 * ExpConstants}.
 */
public final class TanhConstants {
  /** Where the two forms meet. */
  public static final float SMALL = 0.625f;

  /** At and above, tanh rounds to 1. */
  public static final float ONE = 9.02f;

  /** Coefficient of x³. */
  public static final float P3 = -0.33333334f;

  /** Coefficient of x^5. */
  public static final float P5 = 0.13333304f;

  /** Coefficient of x^7. */
  public static final float P7 = -0.053959258f;

  /** Coefficient of x^9. */
  public static final float P9 = 0.021768918f;

  /** Coefficient of x^11. */
  public static final float P11 = -0.008343945f;

  /** Coefficient of x^13. */
  public static final float P13 = 0.0022927448f;

  private TanhConstants() {}
}
