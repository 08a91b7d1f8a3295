package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.LrnKernels;

/** Plain loops. */
final class ScalarLrn implements LrnKernels {
  private final ScalarMath math;

  ScalarLrn(boolean fma) {
    this.math = new ScalarMath(fma);
  }

  @Override
  public void rapidForward(
      float[] src,
      int srcOff,
      int taps,
      int step,
      int xOff,
      int n,
      float k,
      float alpha,
      float[] y,
      int yOff) {
    for (int i = 0; i < n; i++) {
      float sum = 0;
      for (int t = 0; t < taps; t++) {
        float x = src[srcOff + t * step + i];
        sum = math.fma(x, x, sum);
      }
      y[yOff + i] = src[xOff + i] * rapid(math.fma(sum, alpha, k));
    }
  }

  private float rapid(float s) {
    float r = Float.intBitsToFloat(ROOT_GUESS - (Float.floatToRawIntBits(s) >> 2));
    float r2 = r * r;
    float e = math.fma(-(s * r2), r2, 1f);
    float q = math.fma(e, POWER_5, POWER_4);
    q = math.fma(q, e, POWER_3);
    q = math.fma(q, e, POWER_2);
    q = math.fma(q, e, POWER_1);
    q = math.fma(q, e, 1f);
    return s == Float.POSITIVE_INFINITY ? 0f : r2 * r * q;
  }

  @Override
  public void rapid(float[] s, int sOff, float[] p, int pOff, int n) {
    for (int i = 0; i < n; i++) {
      p[pOff + i] = rapid(s[sOff + i]);
    }
  }

  @Override
  public void squares(
      float[] src,
      int srcOff,
      int taps,
      int step,
      int n,
      boolean more,
      float k,
      float alpha,
      float[] s,
      int sOff) {
    for (int i = 0; i < n; i++) {
      float sum = more ? s[sOff + i] : 0;
      for (int t = 0; t < taps; t++) {
        float x = src[srcOff + t * step + i];
        sum = math.fma(x, x, sum);
      }
      s[sOff + i] = math.fma(sum, alpha, k);
    }
  }

  @Override
  public void sums(
      float[] src,
      int srcOff,
      int taps,
      int step,
      int n,
      boolean more,
      float k,
      float alpha,
      float[] s,
      int sOff) {
    for (int i = 0; i < n; i++) {
      float sum = more ? s[sOff + i] : 0;
      for (int t = 0; t < taps; t++) {
        sum += src[srcOff + t * step + i];
      }
      s[sOff + i] = math.fma(sum, alpha, k);
    }
  }

  @Override
  public void power(int quarters, float[] s, int sOff, float[] p, int pOff, int n) {
    for (int i = 0; i < n; i++) {
      float u = s[sOff + i];
      float root = quarters == 4 ? u : (float) Math.sqrt(u);
      p[pOff + i] = 1 / (quarters == 3 ? root * (float) Math.sqrt(root) : root);
    }
  }

  @Override
  public void product(float[] x, int xOff, float[] p, int pOff, float[] y, int yOff, int n) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = x[xOff + i] * p[pOff + i];
    }
  }

  @Override
  public void inner(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] p,
      int pOff,
      float[] s,
      int sOff,
      float[] q,
      int qOff,
      int n) {
    for (int i = 0; i < n; i++) {
      q[qOff + i] = dy[dyOff + i] * x[xOff + i] * (p[pOff + i] / s[sOff + i]);
    }
  }

  @Override
  public void gradient(
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] p,
      int pOff,
      float[] sum,
      int sumOff,
      float factor,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float direct = dy[dyOff + i] * p[pOff + i];
      dx[dxOff + i] = math.fma(sum[sumOff + i] * x[xOff + i], factor, direct);
    }
  }
}
