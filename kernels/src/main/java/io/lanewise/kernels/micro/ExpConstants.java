package io.lanewise.kernels.micro;

/**
 * exp(x) = 2^j · e^r with j = round(x / ln 2) and r = x - j·ln 2 in [-ln2/2, ln2/2], e^r by its
 * Taylor series through r^7 (the rest is below 2^-26 of it). The argument reduction in two steps is
 * Cody and Waite's (Software Manual for the Elementary Functions, 1980, ch. 6). All steps are fused
 * multiply-adds, so every implementation that follows them gives the same bits.
 */
public final class ExpConstants {
  /** Arguments below give 0 (e^x is then close to the least normal float, or subnormal). */
  public static final float LOW = -87f;

  /** Arguments above are taken as this: the result stays finite. */
  public static final float HIGH = 88.72f;

  /** 1 / ln 2. */
  public static final float LOG2E = 1.442695f;

  /**
   * Adding it rounds a float below 2^22 to the nearest integer, whose low bits then lie in the low
   * bits of the sum.
   */
  public static final float ROUND = 12582912f; // 1.5 · 2^23

  /** -ln 2, the upper part (-0.693359375): 9 significant bits, so that j times it is exact. */
  public static final float MINUS_LN2_HIGH = -0.6933594f;

  /** -ln 2, the rest. */
  public static final float MINUS_LN2_LOW = 2.1219444e-4f;

  /** 1/2!. */
  public static final float C2 = 0.5f;

  /** 1/3!. */
  public static final float C3 = 1.6666667e-1f;

  /** 1/4!. */
  public static final float C4 = 4.1666668e-2f;

  /** 1/5!. */
  public static final float C5 = 8.333334e-3f;

  /** 1/6!. */
  public static final float C6 = 1.3888889e-3f;

  /** 1/7!. */
  public static final float C7 = 1.984127e-4f;

  private ExpConstants() {}
}
