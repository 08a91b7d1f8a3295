package io.lanewise.kernels.scalar;

/**
 * Loops over elements, each step as the class of vectors takes it: add, add relu, sub, mul, div,
 * min, max, and their slopes. Written by tools/kernel-templates/write_arithmetic.py.
 */
final class ScalarSums {
  private ScalarSums() {}

  static void add(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a + b;
    }
  }

  static void addA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a + b;
    }
  }

  static void addB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a + b;
    }
  }

  static void addRelu(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      float y = a + b;
      dst[dstOff + i] = y <= 0f ? 0f : y;
    }
  }

  static void addReluA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      float y = a + b;
      dst[dstOff + i] = y <= 0f ? 0f : y;
    }
  }

  static void addReluB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      float y = a + b;
      dst[dstOff + i] = y <= 0f ? 0f : y;
    }
  }

  static void sub(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a - b;
    }
  }

  static void subA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a - b;
    }
  }

  static void subB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a - b;
    }
  }

  static void mul(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a * b;
    }
  }

  static void mulA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a * b;
    }
  }

  static void mulB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a * b;
    }
  }

  static void mulSlopeA(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = g * b;
    }
  }

  static void mulSlopeB(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = g * a;
    }
  }

  static void div(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a / b;
    }
  }

  static void divA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a / b;
    }
  }

  static void divB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a / b;
    }
  }

  static void divSlopeA(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = g / b;
    }
  }

  static void divSlopeB(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = -g * (a / b / b);
    }
  }

  static void min(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = Math.min(a, b);
    }
  }

  static void minA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = Math.min(a, b);
    }
  }

  static void minB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = Math.min(a, b);
    }
  }

  static void minSlopeA(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = a > b ? 0f : (a == b ? g * 0.5f : g);
    }
  }

  static void minSlopeB(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = b > a ? 0f : (a == b ? g * 0.5f : g);
    }
  }

  static void max(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = Math.max(a, b);
    }
  }

  static void maxA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = Math.max(a, b);
    }
  }

  static void maxB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = Math.max(a, b);
    }
  }

  static void maxSlopeA(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = a < b ? 0f : (a == b ? g * 0.5f : g);
    }
  }

  static void maxSlopeB(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      float g = dy[dyOff + i];
      dx[dxOff + i] = b < a ? 0f : (a == b ? g * 0.5f : g);
    }
  }
}
