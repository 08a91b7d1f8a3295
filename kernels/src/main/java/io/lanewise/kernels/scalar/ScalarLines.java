package io.lanewise.kernels.scalar;

/**
 * Loops over elements, each step as the class of vectors takes it: step, relu, leaky-relu, clamp,
 * threshold, hard-sigmoid, hard-swish, softsign, and their slopes. Written by
 * tools/kernel-templates/write_curves.py.
 */
final class ScalarLines {
  private final ScalarMath math;

  ScalarLines(ScalarMath math) {
    this.math = math;
  }

  void step(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = x > 0f ? 1f : (Float.isNaN(x) ? x : 0f);
    }
  }

  void stepSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxOff + i] = 0f;
    }
  }

  void relu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = x <= 0f ? 0f : x;
    }
  }

  void reluSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float y = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = y > 0f ? g : 0f;
    }
  }

  void leakyRelu(float[] src, int srcOff, float[] dst, int dstOff, int n, float p) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = x > 0f ? x : x * p;
    }
  }

  void leakyReluSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n, float p) {
    for (int i = 0; i < n; i++) {
      float y = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = y > 0f ? g : g * p;
    }
  }

  void clamp(float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float y = x <= p ? p : x;
      dst[dstOff + i] = y >= q ? q : y;
    }
  }

  void clampSlope(
      float[] src,
      int srcOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      float p,
      float q) {
    for (int i = 0; i < n; i++) {
      float y = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = y > p ? (y < q ? g : 0f) : 0f;
    }
  }

  void threshold(float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = x <= p ? q : x;
    }
  }

  void thresholdSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n, float p) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = x > p ? g : 0f;
    }
  }

  void hardSigmoid(float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float y = math.fma(x, p, q);
      y = y < 0f ? 0f : y;
      dst[dstOff + i] = y > 1f ? 1f : y;
    }
  }

  void hardSigmoidSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n, float p) {
    for (int i = 0; i < n; i++) {
      float y = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = y > 0f ? (y < 1f ? g * p : 0f) : 0f;
    }
  }

  void hardSwish(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float y = x * ((x + 3f) * 0.16666667f);
      y = x <= -3f ? -0.0f : y;
      dst[dstOff + i] = x >= 3f ? x : y;
    }
  }

  void hardSwishSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      float y = g * ((x + 1.5f) * 0.33333334f);
      y = x <= -3f ? 0f : y;
      dx[dxOff + i] = x >= 3f ? g : y;
    }
  }

  void softsign(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float c = x > Float.MAX_VALUE ? Float.MAX_VALUE : x;
      float c2 = c < -Float.MAX_VALUE ? -Float.MAX_VALUE : c;
      dst[dstOff + i] = c2 / (Math.abs(c2) + 1f);
    }
  }

  void softsignSlope(float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      float d = 1f / (Math.abs(x) + 1f);
      dx[dxOff + i] = d * d * g;
    }
  }
}
