package io.lanewise.kernels.micro;

/**
 * The normal distribution's tail Φ(-a) = e^(-a²/2) · t · P(t) for a in [0, FAR], with t = 1 / (1 +
 * a/4); P is fitted by {@code tools/kernel-templates/fit.py} (error 2^-27 of Φ(-a)). a² is taken
 * with what its rounding lost, so that the tail keeps its digits. And GELU's approximation by tanh:
 * x · σ(x · (LINEAR + CUBIC · x²)), since (1 + tanh u) / 2 = σ(2u).
 */
public final class NormalConstants {
  /** x · Φ(x) rounds to 0 below -FAR. */
  public static final float FAR = 14.5f;

  /** Coefficient of t^1. */
  public static final float N1 = 0.09974633f;

  /** Coefficient of t^2. */
  public static final float N2 = 0.099521466f;

  /** Coefficient of t^3. */
  public static final float N3 = 0.0952878f;

  /** Coefficient of t^4. */
  public static final float N4 = 0.07301311f;

  /** Coefficient of t^5. */
  public static final float N5 = 0.08385027f;

  /** Coefficient of t^6. */
  public static final float N6 = 0.01773663f;

  /** Coefficient of t^7. */
  public static final float N7 = 0.022608425f;

  /** Coefficient of t^8. */
  public static final float N8 = 0.055881463f;

  /** Coefficient of t^9. */
  public static final float N9 = -0.06453807f;

  /** Coefficient of t^10. */
  public static final float N10 = 0.016892582f;

  /** 1 / sqrt(2π), the density at 0. */
  public static final float DENSITY = 0.3989423f;

  /** 2 · sqrt(2/π). */
  public static final float LINEAR = 1.5957692f;

  /** 0.044715 · 2 · sqrt(2/π) (Hendrycks, Gimpel: Gaussian Error Linear Units, 2016, §2). */
  public static final float CUBIC = 0.071354814f;

  /** The approximation rounds to 0 below. */
  public static final float TANH_FAR = -11f;

  private NormalConstants() {}
}
