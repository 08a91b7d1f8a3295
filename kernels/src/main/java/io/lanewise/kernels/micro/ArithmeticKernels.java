package io.lanewise.kernels.micro;

/**
 * Loops over contiguous elements. Every implementation gives the same bits. What is written may be
 * the same window as something that is read, but may not overlap it otherwise.
 */
public interface ArithmeticKernels {
  /**
   * {@code dst = f(src)}.
   *
   * @param p the least result of {@link UnaryCurve#CLIP}; not read by others, as is q
   * @param q the greatest
   */
  void unary(
      UnaryCurve f, float p, float q, float[] src, int srcOff, float[] dst, int dstOff, int n);

  /**
   * {@code dx = dy · f'(src)}.
   *
   * @throws UnsupportedOperationException if the function has no slope
   */
  void unarySlope(
      UnaryCurve f,
      float p,
      float q,
      float[] src,
      int srcOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n);

  /** {@code dst = f(left, right)}. */
  void binary(
      BinaryCurve f,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n);

  /** {@link #binary} with one number on the left. */
  void binaryA(
      BinaryCurve f, float left, float[] right, int rightOff, float[] dst, int dstOff, int n);

  /** {@link #binary} with one number on the right. */
  void binaryB(
      BinaryCurve f, float[] left, int leftOff, float right, float[] dst, int dstOff, int n);

  /**
   * {@code dx = dy · ∂f/∂left}.
   *
   * @throws UnsupportedOperationException if the function has no such kernel
   */
  void slopeA(
      BinaryCurve f,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n);

  /**
   * {@code dx = dy · ∂f/∂right}.
   *
   * @throws UnsupportedOperationException if the function has no such kernel
   */
  void slopeB(
      BinaryCurve f,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n);

  /** {@code dst = mask is not 0 ? left : right}; NaN is not 0. */
  void select(
      float[] mask,
      int maskOff,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n);

  /**
   * Makes each column into one number, from the first row to the last: {@code dst[j] = f(...
   * f(f(none, src[0][j]), src[1][j]) ...)}.
   *
   * @param src [rows][n] with rows {@code ld} apart, read
   * @param dst [n], written; shares no element with src
   */
  void foldRows(Fold f, float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff, int n);
}
