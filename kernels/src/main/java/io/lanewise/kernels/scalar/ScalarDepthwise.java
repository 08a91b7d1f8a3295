package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.DepthwiseKernel;

/** Tap by tap within an output: the inner loop runs over channels. */
final class ScalarDepthwise implements DepthwiseKernel {
  private final boolean fma;

  ScalarDepthwise(boolean fma) {
    this.fma = fma;
  }

  @Override
  public void run(
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
      int yStep) {
    for (int o = 0; o < outRows; o++) {
      for (int i = 0; i < pixels; i++) {
        int to = yOff + o * yRowStep + i * yStep;
        System.arraycopy(s, sOff, y, to, channels);
        for (int r = 0; r < rows; r++) {
          int from = xOff + o * outRowStep + i * pixelStep + r * rowStep;
          int at = wOff + r * wRowStep;
          for (int t = 0; t < taps; t++) {
            add(channels, x, from + t * tapStep, w, at + t * wStep, y, to);
          }
        }
      }
    }
  }

  private void add(int channels, float[] x, int xOff, float[] w, int wOff, float[] y, int yOff) {
    if (fma) {
      for (int c = 0; c < channels; c++) {
        y[yOff + c] = Math.fma(x[xOff + c], w[wOff + c], y[yOff + c]);
      }
    } else {
      for (int c = 0; c < channels; c++) {
        y[yOff + c] += x[xOff + c] * w[wOff + c];
      }
    }
  }
}
