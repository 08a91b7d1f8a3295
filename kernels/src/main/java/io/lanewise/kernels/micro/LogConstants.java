package io.lanewise.kernels.micro;

/**
 * log(x) = k · ln 2 + log(1 + f) for x = (1 + f) · 2^k with 1 + f in [sqrt(1/2), sqrt(2)), and
 * log(1 + f) = f + f² · P(f), P being -1/2 + f times a polynomial fitted by {@code
 * tools/kernel-templates/fit.py} (error 2^-27 of the logarithm). log(1 + x) takes k from 1 + x
 * rounded, and f = x · 2^-k + (2^-k - 1), which is rounded once: nothing of a small x is lost.
 */
public final class LogConstants {
  /** ln 2, off by 2^-28 of it. */
  public static final float LN2 = 0.6931472f;

  /** The bits of sqrt(1/2). */
  public static final int HALF_ROOT = 0x3f3504f3;

  /** A float's fraction bits. */
  public static final int FRACTION = 0x7fffff;

  /** Coefficient of f². */
  public static final float G2 = -0.5f;

  /** Coefficient of f^3. */
  public static final float G3 = 0.3333333f;

  /** Coefficient of f^4. */
  public static final float G4 = -0.2500082f;

  /** Coefficient of f^5. */
  public static final float G5 = 0.20001225f;

  /** Coefficient of f^6. */
  public static final float G6 = -0.16623358f;

  /** Coefficient of f^7. */
  public static final float G7 = 0.14201787f;

  /** Coefficient of f^8. */
  public static final float G8 = -0.13160205f;

  /** Coefficient of f^9. */
  public static final float G9 = 0.1276139f;

  /** Coefficient of f^10. */
  public static final float G10 = -0.07634202f;

  private LogConstants() {}
}
