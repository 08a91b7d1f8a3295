package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.ActivationKernels;

/** Plain loops, written so that C2 can turn those without calls into vectors. */
final class ScalarActivations implements ActivationKernels {
  private static final float SIXTH = 1f / 6;
  private static final float THIRD = 1f / 3;

  private final ScalarMath math;

  ScalarActivations(boolean fma) {
    this.math = new ScalarMath(fma);
  }

  @Override
  public void clamp(float[] src, int srcOff, float[] dst, int dstOff, int n, float min, float max) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = Math.max(Math.min(src[srcOff + i], max), min);
    }
  }

  @Override
  public void pieceBackward(
      float[] y,
      int yOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      float min,
      float max,
      float slope) {
    for (int i = 0; i < n; i++) {
      float v = y[yOff + i];
      dx[dxOff + i] = v > min && v < max ? dy[dyOff + i] * slope : 0f;
    }
  }

  @Override
  public void relu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = Math.max(src[srcOff + i], 0f);
    }
  }

  @Override
  public void reluBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxOff + i] = y[yOff + i] > 0 ? dy[dyOff + i] : 0f;
    }
  }

  @Override
  public void leakyRelu(float[] src, int srcOff, float[] dst, int dstOff, int n, float slope) {
    for (int i = 0; i < n; i++) {
      float v = src[srcOff + i];
      dst[dstOff + i] = v > 0 ? v : v * slope;
    }
  }

  @Override
  public void leakyReluBackward(
      float[] x, int xOff, float[] dy, int dyOff, float[] dx, int dxOff, int n, float slope) {
    for (int i = 0; i < n; i++) {
      float d = dy[dyOff + i];
      dx[dxOff + i] = x[xOff + i] > 0 ? d : d * slope;
    }
  }

  @Override
  public void hardSigmoid(
      float[] src, int srcOff, float[] dst, int dstOff, int n, float alpha, float beta) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = Math.max(Math.min(math.fma(src[srcOff + i], alpha, beta), 1f), 0f);
    }
  }

  @Override
  public void hardSwish(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float z = Math.max(src[srcOff + i], -3f);
      dst[dstOff + i] = z * Math.min((z + 3f) * SIXTH, 1f);
    }
  }

  @Override
  public void hardSwishBackward(
      float[] x, int xOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xOff + i];
      float slope = v <= -3f ? 0f : v >= 3f ? 1f : (v + 1.5f) * THIRD;
      dx[dxOff + i] = slope * dy[dyOff + i];
    }
  }

  @Override
  public void sigmoid(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = math.logistic(src[srcOff + i], 1f, 1f);
    }
  }

  @Override
  public void sigmoidBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float s = y[yOff + i];
      dx[dxOff + i] = math.fma(-s, s, s) * dy[dyOff + i];
    }
  }

  @Override
  public void silu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float inf = Float.POSITIVE_INFINITY;
      dst[dstOff + i] = math.logistic(src[srcOff + i], -inf, inf);
    }
  }

  @Override
  public void siluBackward(
      float[] x, int xOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxOff + i] = math.siluSlope(x[xOff + i]) * dy[dyOff + i];
    }
  }

  @Override
  public void tanh(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      dst[dstOff + i] = math.tanh(src[srcOff + i]);
    }
  }

  @Override
  public void tanhBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float t = y[yOff + i];
      dx[dxOff + i] = math.fma(-t, t, 1f) * dy[dyOff + i];
    }
  }
}
