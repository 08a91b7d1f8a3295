package io.lanewise.kernels.micro;

/**
 * The steps of local response normalisation over contiguous elements. Windows lie {@code step}
 * apart: the pitch of planes, of rows or of pixels. Unless said otherwise, outputs share no element
 * with inputs. Products that are added to are fused.
 */
public interface LrnKernels {
  /**
   * {@code s[i] = Σ over t < taps of src[srcOff + t · step + i]²}, in the order of t, from 0, or
   * from {@code s[i]} if there is more than this.
   */
  void squares(
      float[] src, int srcOff, int taps, int step, int n, float[] s, int sOff, boolean more);

  /** As {@link #squares}, without squaring. */
  void sums(float[] src, int srcOff, int taps, int step, int n, float[] s, int sOff, boolean more);

  /** {@code s = k + alpha · s}. */
  void base(float k, float alpha, float[] s, int sOff, int n);

  /**
   * {@code p = s^(-quarters / 4)} by square roots; infinite of 0, NaN below.
   *
   * @param quarters 2, 3 or 4
   * @param p may be s itself
   */
  void power(int quarters, float[] s, int sOff, float[] p, int pOff, int n);

  /** {@code y = x · p}; y may be x or p itself. */
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

  /** {@code dx = (sum · x) · factor + dy · p}; dx may be any of these itself. */
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
