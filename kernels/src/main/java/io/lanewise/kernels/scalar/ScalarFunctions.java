package io.lanewise.kernels.scalar;

/**
 * Loops over elements, each step as the class of vectors takes it: abs value, neg, sign, square,
 * square root, reciprocal, reciprocal root, round, floor, ceil, clip, logical not, and their
 * slopes. Written by tools/kernel-templates/write_arithmetic.py.
 */
final class ScalarFunctions {
  private ScalarFunctions() {}

  static void absValue(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = Math.abs(x);
    }
  }

  static void absValueSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = (x > 0f ? 1f : (x < 0f ? -1f : x)) * g;
    }
  }

  static void neg(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = -x;
    }
  }

  static void negSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float g = dy[dyOff + i];
      dx[dxOff + i] = -g;
    }
  }

  static void sign(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = x > 0f ? 1f : (x < 0f ? -1f : x);
    }
  }

  static void signSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxOff + i] = 0f;
    }
  }

  static void square(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = x * x;
    }
  }

  static void squareSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = (x + x) * g;
    }
  }

  static void squareRoot(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = (float) Math.sqrt(x);
    }
  }

  static void squareRootSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = g * 0.5f / (float) Math.sqrt(x);
    }
  }

  static void reciprocal(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = 1f / x;
    }
  }

  static void reciprocalSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      float y = 1f / x;
      dx[dxOff + i] = -g * y * y;
    }
  }

  static void reciprocalRoot(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = 1f / (float) Math.sqrt(x);
    }
  }

  static void reciprocalRootSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      float y = 1f / (float) Math.sqrt(x);
      dx[dxOff + i] = g * -0.5f * y / x;
    }
  }

  static void round(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float a = Math.abs(x);
      float r = a + 8388608f - 8388608f;
      r = a < 8388608f ? r : a;
      dst[dstOff + i] = Float.floatToRawIntBits(x) < 0 ? -r : r;
    }
  }

  static void roundSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxOff + i] = 0f;
    }
  }

  static void floor(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float a = Math.abs(x);
      float r = a + 8388608f - 8388608f;
      r = a < 8388608f ? r : a;
      float r2 = Float.floatToRawIntBits(x) < 0 ? -r : r;
      dst[dstOff + i] = r2 > x ? r2 - 1f : r2;
    }
  }

  static void floorSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxOff + i] = 0f;
    }
  }

  static void ceil(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float x2 = -x;
      float a = Math.abs(x2);
      float r = a + 8388608f - 8388608f;
      r = a < 8388608f ? r : a;
      float r2 = Float.floatToRawIntBits(x2) < 0 ? -r : r;
      dst[dstOff + i] = -(r2 > x2 ? r2 - 1f : r2);
    }
  }

  static void ceilSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxOff + i] = 0f;
    }
  }

  static void clip(float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      float y = x < p ? p : x;
      dst[dstOff + i] = y > q ? q : y;
    }
  }

  static void clipSlope(
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
      float x = src[srcOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = x < p ? 0f : (x > q ? 0f : g);
    }
  }

  static void logicalNot(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float x = src[srcOff + i];
      dst[dstOff + i] = x == 0f ? 1f : 0f;
    }
  }
}
