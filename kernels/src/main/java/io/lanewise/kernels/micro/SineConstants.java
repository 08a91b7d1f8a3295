package io.lanewise.kernels.micro;

/**
 * sin(x) and cos(x) from x = j · π/2 + r with |r| at most π/4 and a little, by their Taylor series
 * through r^9 and r^10 (the rest is below 2^-28 of them). The argument reduction takes π/2 in three
 * parts (Cody and Waite, Software Manual for the Elementary Functions, 1980, ch. 8): fused, the
 * first step is exact, since r is a multiple of 2^-24 below 1.
 */
public final class SineConstants {
  /** Arguments farther from 0 are left to float64. */
  public static final float WAVE_FAR = 65536f;

  /** 2 / π. */
  public static final float TWO_OVER_PI = 0.63661975f;

  /** -π/2, rounded. */
  public static final float MINUS_HALF_PI_HIGH = -1.5707964f;

  /** What is left of -π/2, rounded. */
  public static final float MINUS_HALF_PI_MIDDLE = 4.371139e-8f;

  /** What is left after both. */
  public static final float MINUS_HALF_PI_LOW = 1.7151245e-15f;

  /** -1/3!. */
  public static final float S3 = -0.16666667f;

  /** 1/5!. */
  public static final float S5 = 0.008333334f;

  /** -1/7!. */
  public static final float S7 = -0.0001984127f;

  /** 1/9!. */
  public static final float S9 = 2.7557319e-6f;

  /** 1/4!. */
  public static final float K4 = 0.041666668f;

  /** -1/6!. */
  public static final float K6 = -0.0013888889f;

  /** 1/8!. */
  public static final float K8 = 2.4801588e-5f;

  /** -1/10!. */
  public static final float K10 = -2.755732e-7f;

  private SineConstants() {}
}
