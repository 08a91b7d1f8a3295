package io.lanewise.kernels.micro;

/**
 * One row of pooling over an input that has its padding already; lanes lie on outputs. Made by
 * {@link KernelSet#pool} for a window (kh, kw, dilationW, strideW) and a row of ow outputs.
 */
public interface PoolKernels {
  /**
   * Greatest tap of each window and which it is: the first of the greatest, or the first NaN.
   *
   * @param src tap (ky, kx) of output ox lies at {@code srcOff + ky · rowStep + kx · dilationW + ox
   *     · strideW}, read
   * @param y [ow] from {@code yOff}, written
   * @param taps [ow] from {@code tapsOff}, written: {@code ky · kw + kx}, or -1 where every tap is
   *     -Infinity
   */
  void maxRow(float[] src, int srcOff, int rowStep, float[] y, int yOff, int[] taps, int tapsOff);

  /**
   * Sum of each window's taps, in the order (ky, kx), from 0.
   *
   * @param src as in {@link #maxRow}, read
   * @param y [ow] from {@code yOff}, written
   */
  void sumRow(float[] src, int srcOff, int rowStep, float[] y, int yOff);
}
