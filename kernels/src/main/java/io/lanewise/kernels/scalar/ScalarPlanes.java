package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.PlaneKernel;

/** Output by output, tap by tap. */
final class ScalarPlanes implements PlaneKernel {
  private final boolean fma;

  ScalarPlanes(boolean fma) {
    this.fma = fma;
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void pad(int rows, int n, float[] x, int xOff, int ldx, float[] y, int yOff, int ldy) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, xOff + r * ldx, y, yOff + r * ldy, n);
    }
  }

  @Override
  public void run(
      int rows,
      int[] columns,
      int outRows,
      int n,
      float[] x,
      int xOff,
      int rowStep,
      int outRowStep,
      float[] w,
      int wOff,
      float start,
      float[] y,
      int yOff,
      int ldy) {
    for (int o = 0; o < outRows; o++) {
      for (int i = 0; i < n; i++) {
        int from = xOff + o * outRowStep + i;
        float sum = start;
        int at = wOff;
        for (int r = 0; r < rows; r++) {
          for (int column : columns) {
            float value = x[from + r * rowStep + column];
            sum = fma ? Math.fma(value, w[at], sum) : sum + value * w[at];
            at++;
          }
        }
        y[yOff + o * ldy + i] = sum;
      }
    }
  }
}
