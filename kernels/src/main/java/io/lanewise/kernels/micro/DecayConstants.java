package io.lanewise.kernels.micro;

/**
 * e^-r for |r| up to ln2 / 2: 1 - r + r²·P(r), where P's coefficients are fitted by
 * tools/kernel-templates/fit.py to the least relative error, 2^-28. {@link ExpConstants} take r out
 * of x. A term less than Taylor's series needs: for functions in which e^-x stands beside 1.
 */
public final class DecayConstants {
  /** Coefficient of r². */
  public static final float D2 = 0.49999994f;

  /** Coefficient of r³. */
  public static final float D3 = -0.16666521f;

  /** Coefficient of r^4. */
  public static final float D4 = 0.04166839f;

  /** Coefficient of r^5. */
  public static final float D5 = -0.008368712f;

  /** Coefficient of r^6. */
  public static final float D6 = 0.0013814605f;

  private DecayConstants() {}
}
