package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over whole vectors ({@code n} is a multiple of the lanes): equal, not equal, less, less or
 * equal, greater, greater or equal, logical and, logical or, logical xor, and their slopes; a
 * method that ends in A or B has one number for that operand. Written by
 * tools/kernel-templates/write_arithmetic.py.
 */
final class VectorComparisons {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorComparisons() {}

  static void equal(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.EQ, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void equalA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.EQ, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void equalB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.EQ, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void notEqual(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 1f)
          .blend(0f, a.compare(VectorOperators.EQ, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void notEqualA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 1f)
          .blend(0f, a.compare(VectorOperators.EQ, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void notEqualB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      FloatVector.broadcast(V, 1f)
          .blend(0f, a.compare(VectorOperators.EQ, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void less(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.LT, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void lessA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.LT, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void lessB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.LT, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void lessOrEqual(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.LE, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void lessOrEqualA(
      float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.LE, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void lessOrEqualB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.LE, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void greater(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.GT, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void greaterA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.GT, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void greaterB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.GT, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void greaterOrEqual(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.GE, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void greaterOrEqualA(
      float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.GE, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void greaterOrEqualB(
      float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      FloatVector.broadcast(V, 0f)
          .blend(1f, a.compare(VectorOperators.GE, b))
          .intoArray(dst, dstOff + i);
    }
  }

  static void logicalAnd(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 1f)
          .blend(0f, b.compare(VectorOperators.EQ, 0f))
          .blend(0f, a.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void logicalAndA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 1f)
          .blend(0f, b.compare(VectorOperators.EQ, 0f))
          .blend(0f, a.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void logicalAndB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      FloatVector.broadcast(V, 1f)
          .blend(0f, b.compare(VectorOperators.EQ, 0f))
          .blend(0f, a.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void logicalOr(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 1f)
          .blend(
              FloatVector.broadcast(V, 1f).blend(0f, b.compare(VectorOperators.EQ, 0f)),
              a.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void logicalOrA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 1f)
          .blend(
              FloatVector.broadcast(V, 1f).blend(0f, b.compare(VectorOperators.EQ, 0f)),
              a.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void logicalOrB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      FloatVector.broadcast(V, 1f)
          .blend(
              FloatVector.broadcast(V, 1f).blend(0f, b.compare(VectorOperators.EQ, 0f)),
              a.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void logicalXor(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, b.compare(VectorOperators.EQ, 0f))
          .blend(
              FloatVector.broadcast(V, 1f).blend(0f, b.compare(VectorOperators.EQ, 0f)),
              a.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void logicalXorA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, b.compare(VectorOperators.EQ, 0f))
          .blend(
              FloatVector.broadcast(V, 1f).blend(0f, b.compare(VectorOperators.EQ, 0f)),
              a.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void logicalXorB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      FloatVector.broadcast(V, 0f)
          .blend(1f, b.compare(VectorOperators.EQ, 0f))
          .blend(
              FloatVector.broadcast(V, 1f).blend(0f, b.compare(VectorOperators.EQ, 0f)),
              a.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }
}
