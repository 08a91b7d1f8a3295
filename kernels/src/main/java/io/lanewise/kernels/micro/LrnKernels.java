package io.lanewise.kernels.micro;

/**
 * The steps of local response normalisation over contiguous elements. Windows lie {@code step}
 * apart: the pitch of planes, of rows or of pixels. Outputs share no element with inputs unless it
 * is said. Products that are added to are fused.
 */
public interface LrnKernels {
  /** Sums of at least this have {@link #rapid}, but for Infinity. */
  float LEAST_RAPID = 0x1p-100f;

  /** Of the first guess of a fourth root's reciprocal, 3 % off; found by trying them all. */
  int ROOT_GUESS = 0x4f586000;

  /** {@code (1 - e)^(-3/4) = 1 + POWER_1 · e + ...}, fitted where the guess leaves e. */
  float POWER_1 = 0.74999934f;

  /** Of e². */
  float POWER_2 = 0.65618175f;

  /** Of e³. */
  float POWER_3 = 0.6017553f;

  /** Of e⁴. */
  float POWER_4 = 0.5758217f;

  /** Of e⁵. */
  float POWER_5 = 0.5303142f;

  /**
   * {@code y[i] = src[xOff + i] · s^(-3/4)}, {@code s = k + alpha · Σ over t < taps of src[srcOff +
   * t · step + i]²}; the power is {@link #rapid}'s.
   *
   * @param k at least {@link #LEAST_RAPID}
   */
  void rapidForward(
      float[] src,
      int srcOff,
      int taps,
      int step,
      int xOff,
      int n,
      float k,
      float alpha,
      float[] y,
      int yOff);

  /**
   * {@code s[i] = k + alpha · Σ over t < taps of src[srcOff + t · step + i]²}, in the order of t,
   * the sum starting from 0, or from {@code s[i]} if there is more than this.
   */
  void squares(
      float[] src,
      int srcOff,
      int taps,
      int step,
      int n,
      boolean more,
      float k,
      float alpha,
      float[] s,
      int sOff);

  /** As {@link #squares}, without squaring. */
  void sums(
      float[] src,
      int srcOff,
      int taps,
      int step,
      int n,
      boolean more,
      float k,
      float alpha,
      float[] s,
      int sOff);

  /**
   * {@code p = s^(-3/4)} within 5 ulp: {@code r³ · (1 - e)^(-3/4)}, {@code e = 1 - s · r⁴} of the
   * guess r; 0 of Infinity.
   */
  void rapid(float[] s, int sOff, float[] p, int pOff, int n);

  /**
   * {@code p = s^(-quarters / 4)} by square roots; infinite of 0, NaN below.
   *
   * @param quarters 2, 3 or 4
   */
  void power(int quarters, float[] s, int sOff, float[] p, int pOff, int n);

  /** {@code y = x · p}. */
  void product(float[] x, int xOff, float[] p, int pOff, float[] y, int yOff, int n);

  /** {@code q = dy · x · p / s}; q may be s itself. */
  void inner(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] p,
      int pOff,
      float[] s,
      int sOff,
      float[] q,
      int qOff,
      int n);

  /** {@code dx = (sum · x) · factor + dy · p}. */
  void gradient(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] p,
      int pOff,
      float[] sum,
      int sumOff,
      float factor,
      float[] dx,
      int dxOff,
      int n);
}
