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

  /** The bits of {@link #ROUND}. */
  public static final int ROUND_BITS = 0x4b400000;

  /** The greatest float whose exponential is finite. */
  public static final float TOP = 88.72283f;

  /** e^DEEP, and 112 times it, round to 0. */
  public static final float DEEP = -112f;

  /**
   * Below, a function that multiplies e^x takes {@link #SCALE} out of it: it could be subnormal.
   */
  public static final float SCALED = -80f;

  /** 2^-64. */
  public static final float SCALE = 5.421011e-20f;

  /** Below, e^x - 1 rounds to -1. */
  public static final float FLAT = -18f;

  /** 2^-25: e^x - 1 and log(1 + x) round to x, or beside it, if |x| is less. */
  public static final float TINY = 2.9802322e-8f;

  private ExpConstants() {}
}
