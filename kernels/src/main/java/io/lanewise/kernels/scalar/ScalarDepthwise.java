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
      int yStep) {
    for (int i = 0; i < pixels; i++) {
      int to = yOff + i * yStep;
      start(channels, s, sOff + i * sStep, y, to);
      for (int r = 0; r < rows; r++) {
        int from = xOff + i * pixelStep + r * rowStep;
        int at = wOff + r * wRowStep;
        for (int t = 0; t < taps; t++) {
          if (fma) {
            tap(channels, x, from + t * tapStep, w, at + t * wStep, y, to);
          } else {
            unfusedTap(channels, x, from + t * tapStep, w, at + t * wStep, y, to);
          }
        }
      }
    }
  }

  private static void start(int channels, float[] s, int sOff, float[] y, int yOff) {
    for (int c = 0; c < channels; c++) {
      y[yOff + c] = s[sOff + c];
    }
  }

  private static void tap(
      int channels, float[] x, int xOff, float[] w, int wOff, float[] y, int yOff) {
    for (int c = 0; c < channels; c++) {
      y[yOff + c] = Math.fma(x[xOff + c], w[wOff + c], y[yOff + c]);
    }
  }

  private static void unfusedTap(
      int channels, float[] x, int xOff, float[] w, int wOff, float[] y, int yOff) {
    for (int c = 0; c < channels; c++) {
      y[yOff + c] += x[xOff + c] * w[wOff + c];
    }
  }
}
