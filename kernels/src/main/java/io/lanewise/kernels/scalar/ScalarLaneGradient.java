package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.LaneGradientKernel;

/** Output by output: the inner loop runs over channels. */
final class ScalarLaneGradient implements LaneGradientKernel {
  private final boolean fused;

  /** {@code fused}: product and sum are rounded once. */
  ScalarLaneGradient(boolean fused) {
    this.fused = fused;
  }

  @Override
  public void add(
      int rows,
      int taps,
      int lines,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep) {
    for (int line = 0; line < lines; line++) {
      for (int i = 0; i < pixels; i++) {
        int from = xOff + line * lineStep + i * pixelStep;
        int d = dyOff + line * dyLineStep + i * dyStep;
        for (int r = 0; r < rows; r++) {
          for (int t = 0; t < taps; t++) {
            int at = from + r * rowStep + t * tapStep;
            add(channels, x, at, dy, d, dw, dwOff + r * dwRowStep + t * dwStep);
          }
        }
      }
    }
  }

  private void add(int channels, float[] x, int xOff, float[] d, int dOff, float[] w, int wOff) {
    for (int c = 0; c < channels; c++) {
      float sum = w[wOff + c];
      w[wOff + c] =
          fused ? Math.fma(x[xOff + c], d[dOff + c], sum) : sum + x[xOff + c] * d[dOff + c];
    }
  }
}
