package io.lanewise.kernels.micro;

/**
 * Pooling of a run of outputs side by side whose windows have the same number of taps; made by
 * {@link KernelSet#pool} for {@link PoolSteps}. Lanes lie on channels: those of a pixel lie side by
 * side, pixels are {@code ld} apart. So tap (z, r, t) of output i lies at {@code xOff + (first + i
 * · output + z · plane + r · row + t · tap) · ld}, and output i at {@code yOff + i · ld}. Each
 * output is computed in the order (z, r, t). There is at least one tap.
 */
public interface PoolKernels {
  /**
   * The greatest tap of each window and the pixel where it is: the first of the greatest, or the
   * first NaN.
   *
   * @param x read
   * @param y written, may not share elements with x
   * @param places written as y is, ints as a float's bits; null to leave them out
   */
  void max(
      int channels,
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff,
      float[] places,
      int placesOff);

  /** The sum of each window, from 0, over {@code divisor}; arguments as in {@link #max}. */
  void average(
      int channels,
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float divisor,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff);

  /** The sum of each window's magnitudes, from 0; arguments as in {@link #max}. */
  void norm1(
      int channels,
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff);

  /** The root of the sum of each window's squares, from 0; arguments as in {@link #max}. */
  void norm2(
      int channels,
      int ld,
      int outputs,
      int planes,
      int rows,
      int taps,
      float[] x,
      int xOff,
      int first,
      float[] y,
      int yOff);

  /**
   * The sum of rows, from 0 and in the order (z, r), times {@code factor}: {@code y[i] = factor · Σ
   * x[z · plane + r · row + i]}.
   *
   * @param n elements of a row
   * @param planes at least 1
   * @param rows of each plane, at least 1
   * @param plane between planes, in elements
   * @param row between rows, in elements
   * @param x read
   * @param y written, may not share elements with x
   */
  void sumRows(
      int n,
      int planes,
      int rows,
      int plane,
      int row,
      float factor,
      float[] x,
      int xOff,
      float[] y,
      int yOff);

  /**
   * {@code y += factor · x}, in two roundings.
   *
   * @param x read
   * @param y added to
   */
  void addScaled(int n, float factor, float[] x, int xOff, float[] y, int yOff);

  /**
   * Each pixel's sum, from 0, over others: {@code y[i] = Σ x[from[h]]}, h from {@code start[i]} to
   * before {@code start[i + 1]}.
   *
   * @param channels of a pixel, side by side, as are pixels
   * @param x read
   * @param y written, may not share elements with x
   */
  void collect(
      int channels, int pixels, int[] start, int[] from, float[] x, int xOff, float[] y, int yOff);

  /**
   * Adds dy with the sign of x (0 of 0 and NaN) to a row of taps of each window.
   *
   * @param x as dx, read
   */
  void spreadNorm1(
      int channels,
      int ld,
      int outputs,
      int taps,
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff);

  /**
   * Adds {@code dy / y · x}, 0 where y is 0, to a row of taps of each window.
   *
   * @param x as dx, read
   * @param y as dy, read
   */
  void spreadNorm2(
      int channels,
      int ld,
      int outputs,
      int taps,
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff);

  /** {@code dst = } the bits of src. */
  void toInts(float[] src, int srcOff, int[] dst, int dstOff, int n);
}
