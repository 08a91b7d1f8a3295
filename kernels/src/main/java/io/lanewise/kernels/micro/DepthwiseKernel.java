package io.lanewise.kernels.micro;

/** A row of a depthwise convolution's window, for a row of outputs; lanes lie on channels. */
public interface DepthwiseKernel {
  /**
   * Computes {@code y[i][c] = s[i][c] + Σ over t < taps of w[t][c] · x[i][t][c]}, one chain of
   * fused multiply-adds in the order of t.
   *
   * @param taps taps of the row, at least 1
   * @param pixels outputs
   * @param x channels of tap t of output i from {@code xOff + i·pixelStep + t·tapStep}, read
   * @param w channels of tap t from {@code wOff + t·wStep}, read
   * @param s start of output i from {@code sOff + i·sStep}, read; may be y
   * @param y output i from {@code yOff + i·yStep}, written
   */
  void run(
      int taps,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int pixelStep,
      int tapStep,
      float[] w,
      int wOff,
      int wStep,
      float[] s,
      int sOff,
      int sStep,
      float[] y,
      int yOff,
      int yStep);
}
