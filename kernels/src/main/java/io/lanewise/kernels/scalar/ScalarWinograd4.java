package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.WinogradKernels;

/** F(4 x 4, 3 x 3): columns first, then rows, channel by channel. */
final class ScalarWinograd4 implements WinogradKernels {
  private static final int N = 6;

  private final boolean fma;

  ScalarWinograd4(boolean fma) {
    this.fma = fma;
  }

  @Override
  public int m() {
    return 4;
  }

  @Override
  public int scratchFloats() {
    return N * N;
  }

  private float multiplyAdd(float a, float b, float c) {
    return fma ? Math.fma(a, b, c) : a * b + c;
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

  private void inputColumns(float[] x, int xOff, int rowStep, int pixelStep, float[] t, int tOff) {
    for (int j = 0; j < N; j++) {
      int at = xOff + j * pixelStep;
      int to = tOff + j;
      float d0 = x[at];
      float d1 = x[at + rowStep];
      float d2 = x[at + 2 * rowStep];
      float d3 = x[at + 3 * rowStep];
      float d4 = x[at + 4 * rowStep];
      float d5 = x[at + 5 * rowStep];
      float p = multiplyAdd(-4f, d2, d4);
      float q = multiplyAdd(-4f, d1, d3);
      float r = d4 - d2;
      float s = d3 - d1;
      float f = multiplyAdd(-5f, d2, d4);
      float g = multiplyAdd(-5f, d3, d5);
      t[to] = multiplyAdd(4f, d0, f);
      t[to + N] = p + q;
      t[to + 2 * N] = p - q;
      t[to + 3 * N] = multiplyAdd(2f, s, r);
      t[to + 4 * N] = multiplyAdd(-2f, s, r);
      t[to + 5 * N] = multiplyAdd(4f, d1, g);
    }
  }

  private void inputRows(float[] t, int tOff, float[] v, int vOff, int vStep) {
    for (int i = 0; i < N; i++) {
      int at = tOff + i * N;
      int to = vOff + i * N * vStep;
      float d0 = t[at];
      float d1 = t[at + 1];
      float d2 = t[at + 2];
      float d3 = t[at + 3];
      float d4 = t[at + 4];
      float d5 = t[at + 5];
      float p = multiplyAdd(-4f, d2, d4);
      float q = multiplyAdd(-4f, d1, d3);
      float r = d4 - d2;
      float s = d3 - d1;
      float f = multiplyAdd(-5f, d2, d4);
      float g = multiplyAdd(-5f, d3, d5);
      v[to] = multiplyAdd(4f, d0, f);
      v[to + vStep] = p + q;
      v[to + 2 * vStep] = p - q;
      v[to + 3 * vStep] = multiplyAdd(2f, s, r);
      v[to + 4 * vStep] = multiplyAdd(-2f, s, r);
      v[to + 5 * vStep] = multiplyAdd(4f, d1, g);
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
      float e = g0 * (1f / 4f);
      float ends = g0 + g2;
      float a = ends * (-1f / 6f);
      float b = g1 * (1f / 6f);
      float first = g0 * (1f / 24f);
      float last = g2 * (1f / 6f);
      float outer = first + last;
      float inner = g1 * (1f / 12f);
      t[to] = e;
      t[to + 3] = a - b;
      t[to + 2 * 3] = a + b;
      t[to + 3 * 3] = outer + inner;
      t[to + 4 * 3] = outer - inner;
      t[to + 5 * 3] = g2;
    }
  }

  private static void weightRows(float[] t, int tOff, float[] u, int uOff, int uStep) {
    for (int i = 0; i < N; i++) {
      int at = tOff + i * 3;
      int to = uOff + i * N * uStep;
      float g0 = t[at];
      float g1 = t[at + 1];
      float g2 = t[at + 2];
      float e = g0 * (1f / 4f);
      float ends = g0 + g2;
      float a = ends * (-1f / 6f);
      float b = g1 * (1f / 6f);
      float first = g0 * (1f / 24f);
      float last = g2 * (1f / 6f);
      float outer = first + last;
      float inner = g1 * (1f / 12f);
      u[to] = e;
      u[to + uStep] = a - b;
      u[to + 2 * uStep] = a + b;
      u[to + 3 * uStep] = outer + inner;
      u[to + 4 * uStep] = outer - inner;
      u[to + 5 * uStep] = g2;
    }
  }

  private void outputColumns(float[] p0, int pOff, int pStep, float[] t, int tOff) {
    int rowStep = N * pStep;
    for (int j = 0; j < N; j++) {
      int at = pOff + j * pStep;
      int to = tOff + j;
      float d0 = p0[at];
      float d1 = p0[at + rowStep];
      float d2 = p0[at + 2 * rowStep];
      float d3 = p0[at + 3 * rowStep];
      float d4 = p0[at + 4 * rowStep];
      float d5 = p0[at + 5 * rowStep];
      float p = d1 + d2;
      float q = d1 - d2;
      float r = d3 + d4;
      float s = d3 - d4;
      float f = d0 + p;
      float g = d5 + q;
      t[to] = f + r;
      t[to + N] = multiplyAdd(2f, s, q);
      t[to + 2 * N] = multiplyAdd(4f, r, p);
      t[to + 3 * N] = multiplyAdd(8f, s, g);
    }
  }

  private void outputRows(
      float[] t, int tOff, float b, float[] y, int yOff, int rowStep, int step) {
    for (int i = 0; i < 4; i++) {
      int at = tOff + i * N;
      int to = yOff + i * rowStep;
      float d0 = t[at];
      float d1 = t[at + 1];
      float d2 = t[at + 2];
      float d3 = t[at + 3];
      float d4 = t[at + 4];
      float d5 = t[at + 5];
      float p = d1 + d2;
      float q = d1 - d2;
      float r = d3 + d4;
      float s = d3 - d4;
      float f = d0 + p;
      float g = d5 + q;
      float y0 = f + r;
      float y1 = multiplyAdd(2f, s, q);
      float y2 = multiplyAdd(4f, r, p);
      float y3 = multiplyAdd(8f, s, g);
      y[to] = y0 + b;
      y[to + step] = y1 + b;
      y[to + 2 * step] = y2 + b;
      y[to + 3 * step] = y3 + b;
    }
  }
}
