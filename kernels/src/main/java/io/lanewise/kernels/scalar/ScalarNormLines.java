package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.NormLines;

/** Plain loops. */
final class ScalarNormLines implements NormLines {
  private final ScalarMath math;

  ScalarNormLines(boolean fma) {
    this.math = new ScalarMath(fma);
  }

  @Override
  public void affine(
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      int n,
      float mean,
      float a,
      float b,
      float lo,
      float hi) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = clamp(math.fma(x[xOff + i] - mean, a, b), lo, hi);
    }
  }

  private static float clamp(float v, float lo, float hi) {
    float u = v <= lo ? lo : v;
    return u >= hi ? hi : u;
  }

  @Override
  public void columnAffine(
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      int rows,
      int stride,
      int columns,
      float[] p,
      int pOff,
      float lo,
      float hi) {
    int aOff = pOff + stride;
    int bOff = aOff + stride;
    for (int r = 0; r < rows; r++) {
      int at = r * stride;
      for (int c = 0; c < columns; c++) {
        float v = math.fma(x[xOff + at + c] - p[pOff + c], p[aOff + c], p[bOff + c]);
        y[yOff + at + c] = clamp(v, lo, hi);
      }
    }
  }

  @Override
  public void weighted(
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      int n,
      float mean,
      float r,
      float[] w,
      int wOff,
      float[] b,
      int bOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = math.fma((x[xOff + i] - mean) * r, w[wOff + i], b[bOff + i]);
    }
  }

  @Override
  public void gradient(
      float[] x,
      int xOff,
      float[] g,
      int gOff,
      float[] dx,
      int dxOff,
      int n,
      float mean,
      float b,
      float a,
      float c) {
    for (int i = 0; i < n; i++) {
      dx[dxOff + i] = math.fma(x[xOff + i] - mean, b, math.fma(g[gOff + i], a, c));
    }
  }

  @Override
  public void weightedGradient(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] w,
      int wOff,
      float[] dx,
      int dxOff,
      int n,
      float mean,
      float b,
      float a,
      float c) {
    for (int i = 0; i < n; i++) {
      float g = dy[dyOff + i] * w[wOff + i];
      dx[dxOff + i] = math.fma(x[xOff + i] - mean, b, math.fma(g, a, c));
    }
  }

  @Override
  public void columnGradient(
      float[] x,
      int xOff,
      float[] g,
      int gOff,
      float[] dx,
      int dxOff,
      int rows,
      int stride,
      int columns,
      float[] p,
      int pOff) {
    int bOff = pOff + stride;
    int aOff = bOff + stride;
    int cOff = aOff + stride;
    for (int r = 0; r < rows; r++) {
      int at = r * stride;
      for (int c = 0; c < columns; c++) {
        float rest = math.fma(g[gOff + at + c], p[aOff + c], p[cOff + c]);
        dx[dxOff + at + c] = math.fma(x[xOff + at + c] - p[pOff + c], p[bOff + c], rest);
      }
    }
  }

  @Override
  public void gate(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] g,
      int gOff,
      int n,
      float mean,
      float a,
      float b,
      float lo,
      float hi) {
    for (int i = 0; i < n; i++) {
      float v = math.fma(x[xOff + i] - mean, a, b);
      g[gOff + i] = v > lo && v < hi ? dy[dyOff + i] : 0;
    }
  }

  @Override
  public void columnGate(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] g,
      int gOff,
      int rows,
      int stride,
      int columns,
      float[] p,
      int pOff,
      float lo,
      float hi) {
    int aOff = pOff + stride;
    int bOff = aOff + stride;
    for (int r = 0; r < rows; r++) {
      int at = r * stride;
      for (int c = 0; c < columns; c++) {
        float v = math.fma(x[xOff + at + c] - p[pOff + c], p[aOff + c], p[bOff + c]);
        g[gOff + at + c] = v > lo && v < hi ? dy[dyOff + at + c] : 0;
      }
    }
  }
}
