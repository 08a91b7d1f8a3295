package io.lanewise.kernels.micro;

/** The loop of a depthwise convolution; lanes lie on channels. */
public interface DepthwiseKernel {
  /**
   * Computes {@code y[o][i][c] = s[c] + Σ over r < rows, t < taps of w[r][t][c] ·
   * x[o][i][r][t][c]}, one chain of fused multiply-adds in the order of r and t.
   *
   * @param rows rows of the window, at least 1
   * @param taps taps of a row, at least 1
   * @param outRows rows of outputs o
   * @param pixels outputs i of a row
   * @param x channels of tap t in row r of output i in row o from {@code xOff + o·outRowStep +
   *     i·pixelStep + r·rowStep + t·tapStep}, read
   * @param w channels of tap t in row r from {@code wOff + r·wRowStep + t·wStep}, read
   * @param s start of each output from {@code sOff}, read; not y
   * @param y output i of row o from {@code yOff + o·yRowStep + i·yStep}, written
   */
  void run(
      int rows,
      int taps,
      int outRows,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int outRowStep,
      int pixelStep,
      float[] w,
      int wOff,
      int wRowStep,
      int wStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yRowStep,
      int yStep);
}
