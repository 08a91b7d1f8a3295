package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.WinogradKernels;

/** F(2 x 2, 3 x 3): columns first, then rows, channel by channel. */
final class ScalarWinograd2 implements WinogradKernels {
  private static final int N = 4;

  @Override
  public int m() {
    return 2;
  }

  @Override
  public int scratchFloats() {
    return N * N;
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
    for (int c = 0; c < channels; c++) {
      inputColumns(x, xOff + c, rowStep, pixelStep, scratch, scratchOff);
      inputRows(scratch, scratchOff, v, vOff + c, vStep);
    }
  }

  private static void inputColumns(
      float[] x, int xOff, int rowStep, int pixelStep, float[] t, int tOff) {
    for (int j = 0; j < N; j++) {
      int at = xOff + j * pixelStep;
      int to = tOff + j;
      float d0 = x[at];
      float d1 = x[at + rowStep];
      float d2 = x[at + 2 * rowStep];
      float d3 = x[at + 3 * rowStep];
      t[to] = d0 - d2;
      t[to + N] = d1 + d2;
      t[to + 2 * N] = d2 - d1;
      t[to + 3 * N] = d1 - d3;
    }
  }

  private static void inputRows(float[] t, int tOff, float[] v, int vOff, int vStep) {
    for (int i = 0; i < N; i++) {
      int at = tOff + i * N;
      int to = vOff + i * N * vStep;
      float d0 = t[at];
      float d1 = t[at + 1];
      float d2 = t[at + 2];
      float d3 = t[at + 3];
      v[to] = d0 - d2;
      v[to + vStep] = d1 + d2;
      v[to + 2 * vStep] = d2 - d1;
      v[to + 3 * vStep] = d1 - d3;
    }
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
      outputColumns(products, pOff + c, pStep, scratch, scratchOff);
      outputRows(scratch, scratchOff, bias[biasOff + c], y, yOff + c, rowStep, pixelStep);
    }
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
    for (int c = 0; c < lanes; c++) {
      weightColumns(g, gOff + c, gStep, scratch, scratchOff);
      weightRows(scratch, scratchOff, u, uOff + c, uStep);
    }
  }

  private static void weightColumns(float[] g, int gOff, int gStep, float[] t, int tOff) {
    int rowStep = 3 * gStep;
    for (int j = 0; j < 3; j++) {
      int at = gOff + j * gStep;
      int to = tOff + j;
      float g0 = g[at];
      float g1 = g[at + rowStep];
      float g2 = g[at + 2 * rowStep];
      float ends = g0 + g2;
      float a = ends * 0.5f;
      float b = g1 * 0.5f;
      t[to] = g0;
      t[to + 3] = a + b;
      t[to + 2 * 3] = a - b;
      t[to + 3 * 3] = g2;
    }
  }

  private static void weightRows(float[] t, int tOff, float[] u, int uOff, int uStep) {
    for (int i = 0; i < N; i++) {
      int at = tOff + i * 3;
      int to = uOff + i * N * uStep;
      float g0 = t[at];
      float g1 = t[at + 1];
      float g2 = t[at + 2];
      float ends = g0 + g2;
      float a = ends * 0.5f;
      float b = g1 * 0.5f;
      u[to] = g0;
      u[to + uStep] = a + b;
      u[to + 2 * uStep] = a - b;
      u[to + 3 * uStep] = g2;
    }
  }

  private static void outputColumns(float[] p0, int pOff, int pStep, float[] t, int tOff) {
    int rowStep = N * pStep;
    for (int j = 0; j < N; j++) {
      int at = pOff + j * pStep;
      int to = tOff + j;
      float d0 = p0[at];
      float d1 = p0[at + rowStep];
      float d2 = p0[at + 2 * rowStep];
      float d3 = p0[at + 3 * rowStep];
      float p = d1 + d2;
      float q = d1 - d2;
      t[to] = d0 + p;
      t[to + N] = q - d3;
    }
  }

  private static void outputRows(
      float[] t, int tOff, float b, float[] y, int yOff, int rowStep, int step) {
    for (int i = 0; i < 2; i++) {
      int at = tOff + i * N;
      int to = yOff + i * rowStep;
      float d0 = t[at];
      float d1 = t[at + 1];
      float d2 = t[at + 2];
      float d3 = t[at + 3];
      float p = d1 + d2;
      float q = d1 - d2;
      float y0 = d0 + p;
      float y1 = q - d3;
      y[to] = y0 + b;
      y[to + step] = y1 + b;
    }
  }
}
