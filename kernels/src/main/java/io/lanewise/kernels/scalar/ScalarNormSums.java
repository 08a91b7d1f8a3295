package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.NormSums;

/** Plain loops in the order of {@link NormSums}; two chains of additions overlap. */
final class ScalarNormSums implements NormSums {
  private static final int CHAINS = 16;
  private static final int HALF = CHAINS / 2;

  @Override
  public void moments(float[] x, int xOff, int n, double[] s, int sOff) {
    int end = xOff + n - n % CHAINS;
    double sum = 0;
    double square = 0;
    for (int lane = 0; lane < HALF; lane++) {
      double s0 = 0;
      double s1 = 0;
      double q0 = 0;
      double q1 = 0;
      for (int i = xOff + lane; i < end; i += CHAINS) {
        double a = x[i];
        double b = x[i + HALF];
        s0 += a;
        s1 += b;
        q0 += a * a;
        q1 += b * b;
      }
      sum += s0 + s1;
      square += q0 + q1;
    }
    for (int i = end; i < xOff + n; i++) {
      double a = x[i];
      sum += a;
      square += a * a;
    }
    s[sOff] += sum;
    s[sOff + 1] += square;
  }

  @Override
  public void slopes(float[] x, int xOff, float[] g, int gOff, int n, double[] s, int sOff) {
    int whole = n - n % CHAINS;
    double sum = 0;
    double dot = 0;
    for (int lane = 0; lane < HALF; lane++) {
      double s0 = 0;
      double s1 = 0;
      double q0 = 0;
      double q1 = 0;
      for (int i = lane; i < whole; i += CHAINS) {
        double a = g[gOff + i];
        double b = g[gOff + i + HALF];
        s0 += a;
        s1 += b;
        q0 += a * x[xOff + i];
        q1 += b * x[xOff + i + HALF];
      }
      sum += s0 + s1;
      dot += q0 + q1;
    }
    for (int i = whole; i < n; i++) {
      double a = g[gOff + i];
      sum += a;
      dot += a * x[xOff + i];
    }
    s[sOff] += sum;
    s[sOff + 1] += dot;
  }

  @Override
  public void weightedSlopes(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] w,
      int wOff,
      int n,
      double[] s,
      int sOff) {
    int whole = n - n % CHAINS;
    double sum = 0;
    double dot = 0;
    for (int lane = 0; lane < HALF; lane++) {
      double s0 = 0;
      double s1 = 0;
      double q0 = 0;
      double q1 = 0;
      for (int i = lane; i < whole; i += CHAINS) {
        double a = dy[dyOff + i] * w[wOff + i];
        double b = dy[dyOff + i + HALF] * w[wOff + i + HALF];
        s0 += a;
        s1 += b;
        q0 += a * x[xOff + i];
        q1 += b * x[xOff + i + HALF];
      }
      sum += s0 + s1;
      dot += q0 + q1;
    }
    for (int i = whole; i < n; i++) {
      double a = dy[dyOff + i] * w[wOff + i];
      sum += a;
      dot += a * x[xOff + i];
    }
    s[sOff] += sum;
    s[sOff + 1] += dot;
  }

  @Override
  public void columnMoments(
      float[] x, int xOff, int rows, int stride, int columns, double[] s, int sOff) {
    for (int r = 0; r < rows; r++) {
      int at = xOff + r * stride;
      for (int c = 0; c < columns; c++) {
        double a = x[at + c];
        s[sOff + c] += a;
        s[sOff + stride + c] += a * a;
      }
    }
  }

  @Override
  public void columnSlopes(
      float[] x,
      int xOff,
      float[] g,
      int gOff,
      int rows,
      int stride,
      int columns,
      double[] s,
      int sOff) {
    for (int r = 0; r < rows; r++) {
      int at = r * stride;
      for (int c = 0; c < columns; c++) {
        double a = g[gOff + at + c];
        s[sOff + c] += a;
        s[sOff + stride + c] += a * x[xOff + at + c];
      }
    }
  }

  @Override
  public void elementSlopes(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      int n,
      float mean,
      float r,
      double[] s,
      int sOff,
      int s2Off) {
    for (int i = 0; i < n; i++) {
      double a = dy[dyOff + i];
      s[sOff + i] += a;
      s[s2Off + i] += a * ((x[xOff + i] - mean) * r);
    }
  }
}
