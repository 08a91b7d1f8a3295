package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.MatrixVectorKernel;

/** {@link MatrixVectorKernel} in scalar registers: four chains at a time along a row. */
final class ScalarMatrixVector implements MatrixVectorKernel {
  private static final int ROWS = 4;

  private final int ld;
  private final boolean fma;

  ScalarMatrixVector(int ld, boolean fma) {
    this.ld = ld;
    this.fma = fma;
  }

  @Override
  public void rows(int m, int k, float[] a, int aOff, float[] x, int xOff, float[] y, int yOff) {
    int i = 0;
    for (; m - i >= ROWS; i += ROWS) {
      four(k, a, aOff + i * ld, x, xOff, y, yOff + i);
    }
    for (; i < m; i++) {
      float sum = y[yOff + i];
      int from = aOff + i * ld;
      for (int p = 0; p < k; p++) {
        sum = add(a[from + p], x[xOff + p], sum);
      }
      y[yOff + i] = sum;
    }
  }

  private void four(int k, float[] a, int from, float[] x, int xOff, float[] y, int to) {
    float s0 = y[to];
    float s1 = y[to + 1];
    float s2 = y[to + 2];
    float s3 = y[to + 3];
    for (int p = 0; p < k; p++) {
      float v = x[xOff + p];
      s0 = add(a[from + p], v, s0);
      s1 = add(a[from + ld + p], v, s1);
      s2 = add(a[from + 2 * ld + p], v, s2);
      s3 = add(a[from + 3 * ld + p], v, s3);
    }
    y[to] = s0;
    y[to + 1] = s1;
    y[to + 2] = s2;
    y[to + 3] = s3;
  }

  @Override
  public void columns(int k, int n, float[] x, int xOff, float[] b, int bOff, float[] y, int yOff) {
    for (int p = 0; p < k; p++) {
      float v = x[xOff + p];
      int from = bOff + p * ld;
      for (int j = 0; j < n; j++) {
        y[yOff + j] = add(v, b[from + j], y[yOff + j]);
      }
    }
  }

  private float add(float a, float b, float sum) {
    return fma ? Math.fma(a, b, sum) : a * b + sum;
  }
}
