package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.WinogradKernels;

/**
 * F(2 x 2, 3 x 3) of integers: patches and weights as always, where sums of four and halves of
 * halves are exact; the way back in doubles.
 */
final class ScalarExactWinograd implements WinogradKernels {
  private static final int N = 4;

  private final WinogradKernels rounding;

  ScalarExactWinograd(WinogradKernels rounding) {
    this.rounding = rounding;
  }

  @Override
  public int m() {
    return rounding.m();
  }

  @Override
  public int scratchFloats() {
    return rounding.scratchFloats();
  }

  @Override
  public void input(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] v,
      int vOff,
      int vStep,
      float[] scratch,
      int scratchOff) {
    rounding.input(channels, x, xOff, rowStep, pixelStep, v, vOff, vStep, scratch, scratchOff);
  }

  @Override
  public void weights(
      int lanes,
      float[] g,
      int gOff,
      int gStep,
      float[] u,
      int uOff,
      int uStep,
      float[] scratch,
      int scratchOff) {
    rounding.weights(lanes, g, gOff, gStep, u, uOff, uStep, scratch, scratchOff);
  }

  @Override
  public void output(
      int channels,
      float[] products,
      int pOff,
      int pStep,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      int rowStep,
      int pixelStep,
      float[] scratch,
      int scratchOff) {
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          double sum = 0;
          for (int p = 0; p < N * N; p++) {
            sum += factor(i, p / N) * factor(j, p % N) * products[pOff + p * pStep + c];
          }
          y[yOff + i * rowStep + j * pixelStep + c] = (float) sum;
        }
      }
    }
  }

  /** Aᵀ: 1, 1, 1, 0 and 0, 1, -1, -1. */
  private static double factor(int output, int product) {
    if (output == 0) {
      return product < N - 1 ? 1 : 0;
    }
    return product == 0 ? 0 : product == 1 ? 1 : -1;
  }
}
