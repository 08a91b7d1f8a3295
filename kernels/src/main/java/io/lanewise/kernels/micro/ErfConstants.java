package io.lanewise.kernels.micro;

/**
 * erf(x) = x + x · P(x²) for |x| below {@link #ERF_SMALL}; for larger a = |x|: 1 - e^(a · Q(a)), a
 * · Q(a) approximating log(1 - erf(a)), with x's sign. P and Q are fitted by {@code
 * tools/kernel-templates/fit.py} (errors 2^-31 and 2^-30 of erf).
 */
public final class ErfConstants {
  /** Where the two forms meet. */
  public static final float ERF_SMALL = 0.92f;

  /** At and above, erf rounds to 1. */
  public static final float ERF_ONE = 3.95f;

  /** P's constant: 2/sqrt(π) - 1. */
  public static final float E1 = 0.12837917f;

  /** P's coefficient of x^2. */
  public static final float E3 = -0.37612635f;

  /** P's coefficient of x^4. */
  public static final float E5 = 0.11283697f;

  /** P's coefficient of x^6. */
  public static final float E7 = -0.0268595f;

  /** P's coefficient of x^8. */
  public static final float E9 = 0.0052012857f;

  /** P's coefficient of x^10. */
  public static final float E11 = -0.0008145594f;

  /** P's coefficient of x^12. */
  public static final float E13 = 8.3823776e-5f;

  /** Q's coefficient of a^0. */
  public static final float H1 = -1.1286485f;

  /** Q's coefficient of a^1. */
  public static final float H2 = -0.6351513f;

  /** Q's coefficient of a^2. */
  public static final float H3 = -0.10623688f;

  /** Q's coefficient of a^3. */
  public static final float H4 = 0.02376207f;

  /** Q's coefficient of a^4. */
  public static final float H5 = -0.0036424622f;

  /** Q's coefficient of a^5. */
  public static final float H6 = 0.00032280467f;

  /** Q's coefficient of a^6. */
  public static final float H7 = -1.123139e-5f;

  private ErfConstants() {}
}
