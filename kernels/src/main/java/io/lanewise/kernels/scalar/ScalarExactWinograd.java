package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.ExactWinograd;
import io.lanewise.kernels.micro.WinogradKernels;

/** {@link ExactWinograd} with the way back in doubles. */
final class ScalarExactWinograd extends ExactWinograd {
  private static final int N = 4;

  ScalarExactWinograd(WinogradKernels rounding) {
    super(rounding);
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
