package io.lanewise.kernels.scalar;

/**
 * Loops over elements, each step as the class of vectors takes it: equal, not equal, less, less or
 * equal, greater, greater or equal, logical and, logical or, logical xor, and their slopes. Written
 * by tools/kernel-templates/write_arithmetic.py.
 */
final class ScalarComparisons {
  private ScalarComparisons() {}

  static void equal(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a == b ? 1f : 0f;
    }
  }

  static void equalA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a == b ? 1f : 0f;
    }
  }

  static void equalB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a == b ? 1f : 0f;
    }
  }

  static void notEqual(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a == b ? 0f : 1f;
    }
  }

  static void notEqualA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a == b ? 0f : 1f;
    }
  }

  static void notEqualB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a == b ? 0f : 1f;
    }
  }

  static void less(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a < b ? 1f : 0f;
    }
  }

  static void lessA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a < b ? 1f : 0f;
    }
  }

  static void lessB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a < b ? 1f : 0f;
    }
  }

  static void lessOrEqual(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a <= b ? 1f : 0f;
    }
  }

  static void lessOrEqualA(
      float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a <= b ? 1f : 0f;
    }
  }

  static void lessOrEqualB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a <= b ? 1f : 0f;
    }
  }

  static void greater(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a > b ? 1f : 0f;
    }
  }

  static void greaterA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a > b ? 1f : 0f;
    }
  }

  static void greaterB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a > b ? 1f : 0f;
    }
  }

  static void greaterOrEqual(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a >= b ? 1f : 0f;
    }
  }

  static void greaterOrEqualA(
      float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a >= b ? 1f : 0f;
    }
  }

  static void greaterOrEqualB(
      float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a >= b ? 1f : 0f;
    }
  }

  static void logicalAnd(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a == 0f ? 0f : (b == 0f ? 0f : 1f);
    }
  }

  static void logicalAndA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a == 0f ? 0f : (b == 0f ? 0f : 1f);
    }
  }

  static void logicalAndB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a == 0f ? 0f : (b == 0f ? 0f : 1f);
    }
  }

  static void logicalOr(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a == 0f ? (b == 0f ? 0f : 1f) : 1f;
    }
  }

  static void logicalOrA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a == 0f ? (b == 0f ? 0f : 1f) : 1f;
    }
  }

  static void logicalOrB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a == 0f ? (b == 0f ? 0f : 1f) : 1f;
    }
  }

  static void logicalXor(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right[rightOff + i];
      dst[dstOff + i] = a == 0f ? (b == 0f ? 0f : 1f) : (b == 0f ? 1f : 0f);
    }
  }

  static void logicalXorA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left;
      float b = right[rightOff + i];
      dst[dstOff + i] = a == 0f ? (b == 0f ? 0f : 1f) : (b == 0f ? 1f : 0f);
    }
  }

  static void logicalXorB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i++) {
      float a = left[leftOff + i];
      float b = right;
      dst[dstOff + i] = a == 0f ? (b == 0f ? 0f : 1f) : (b == 0f ? 1f : 0f);
    }
  }
}
