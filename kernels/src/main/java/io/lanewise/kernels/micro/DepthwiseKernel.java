package io.lanewise.kernels.micro;

/** Rows of a depthwise convolution's window, for a row of outputs; lanes lie on channels. */
public interface DepthwiseKernel {
  /**
   * Computes {@code y[i][c] = s[i][c] + Σ over r < rows, t < taps of w[r][t][c] · x[i][r][t][c]},
   * one chain of fused multiply-adds in the order of r and t.
   *
   * @param rows rows of the window, at least 1
   * @param taps taps of a row, at least 1
   * @param pixels outputs
   * @param x channels of output i's tap t in row r from {@code xOff + i·pixelStep + r·rowStep +
   *     t·tapStep}, read
   * @param w channels of tap t in row r from {@code wOff + r·wRowStep + t·wStep}, read
   * @param s start of output i from {@code sOff + i·sStep}, read; not y
   * @param y output i from {@code yOff + i·yStep}, written
   */
  void run(
      int rows,
      int taps,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      int tapStep,
      float[] w,
      int wOff,
      int wRowStep,
      int wStep,
      float[] s,
      int sOff,
      int sStep,
      float[] y,
      int yOff,
      int yStep);
}
