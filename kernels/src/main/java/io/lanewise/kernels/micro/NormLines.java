package io.lanewise.kernels.micro;

/**
 * Normalisation element by element, once its coefficients are known. What is written may be the
 * same window as what is read, but may not overlap it otherwise. Products that are added to are
 * fused.
 */
public interface NormLines {
  /**
   * {@code y = (x - mean) · a + b}, but at least lo and at most hi; NaN stays. Without limits they
   * are -Infinity and Infinity.
   */
  void affine(
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      int n,
      float mean,
      float a,
      float b,
      float lo,
      float hi);

  /**
   * {@link #affine} of each column.
   *
   * @param x [rows][columns], rows {@code stride} apart
   * @param y as x
   * @param p column c's mean, a and b at {@code pOff + c}, {@code + stride}, {@code + 2 · stride}
   */
  void columnAffine(
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      int rows,
      int stride,
      int columns,
      float[] p,
      int pOff,
      float lo,
      float hi);

  /** {@code y = ((x - mean) · r) · w + b}, w and b with an element for each of x. */
  void weighted(
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      int n,
      float mean,
      float r,
      float[] w,
      int wOff,
      float[] b,
      int bOff);

  /** {@code dx = (x - mean) · b + (g · a + c)}. */
  void gradient(
      float[] x,
      int xOff,
      float[] g,
      int gOff,
      float[] dx,
      int dxOff,
      int n,
      float mean,
      float b,
      float a,
      float c);

  /** {@link #gradient} for {@code g = dy · w}, w with an element for each of x. */
  void weightedGradient(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] w,
      int wOff,
      float[] dx,
      int dxOff,
      int n,
      float mean,
      float b,
      float a,
      float c);

  /**
   * {@link #gradient} of each column.
   *
   * @param x [rows][columns], rows {@code stride} apart; g and dx as x
   * @param p column c's mean, b, a and c, {@code stride} apart
   */
  void columnGradient(
      float[] x,
      int xOff,
      float[] g,
      int gOff,
      float[] dx,
      int dxOff,
      int rows,
      int stride,
      int columns,
      float[] p,
      int pOff);

  /** {@code g = dy} where {@link #affine} without limits is between lo and hi, else 0. */
  void gate(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] g,
      int gOff,
      int n,
      float mean,
      float a,
      float b,
      float lo,
      float hi);

  /**
   * {@link #gate} of each column.
   *
   * @param x [rows][columns], rows {@code stride} apart; dy and g as x
   * @param p as for {@link #columnAffine}
   */
  void columnGate(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] g,
      int gOff,
      int rows,
      int stride,
      int columns,
      float[] p,
      int pOff,
      float lo,
      float hi);
}
