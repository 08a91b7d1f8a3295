package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over whole vectors ({@code n} is a multiple of the lanes): add, add relu, sub, mul, div,
 * min, max, and their slopes; a method that ends in A or B has one number for that operand. Written
 * by tools/kernel-templates/write_arithmetic.py.
 */
final class VectorSums {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorSums() {}

  static void add(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.add(b).intoArray(dst, dstOff + i);
    }
  }

  static void addA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.add(b).intoArray(dst, dstOff + i);
    }
  }

  static void addB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      a.add(b).intoArray(dst, dstOff + i);
    }
  }

  static void addRelu(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector y = a.add(b);
      y.blend(0f, y.compare(VectorOperators.LE, 0f)).intoArray(dst, dstOff + i);
    }
  }

  static void addReluA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector y = a.add(b);
      y.blend(0f, y.compare(VectorOperators.LE, 0f)).intoArray(dst, dstOff + i);
    }
  }

  static void addReluB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      FloatVector y = a.add(b);
      y.blend(0f, y.compare(VectorOperators.LE, 0f)).intoArray(dst, dstOff + i);
    }
  }

  static void sub(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.sub(b).intoArray(dst, dstOff + i);
    }
  }

  static void subA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.sub(b).intoArray(dst, dstOff + i);
    }
  }

  static void subB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      a.sub(b).intoArray(dst, dstOff + i);
    }
  }

  static void mul(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.mul(b).intoArray(dst, dstOff + i);
    }
  }

  static void mulA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.mul(b).intoArray(dst, dstOff + i);
    }
  }

  static void mulB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      a.mul(b).intoArray(dst, dstOff + i);
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
    for (int i = 0; i < n; i += L) {
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.mul(b).intoArray(dx, dxOff + i);
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
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.mul(a).intoArray(dx, dxOff + i);
    }
  }

  static void div(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.div(b).intoArray(dst, dstOff + i);
    }
  }

  static void divA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.div(b).intoArray(dst, dstOff + i);
    }
  }

  static void divB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      a.div(b).intoArray(dst, dstOff + i);
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
    for (int i = 0; i < n; i += L) {
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.div(b).intoArray(dx, dxOff + i);
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
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.neg().mul(a.div(b).div(b)).intoArray(dx, dxOff + i);
    }
  }

  static void min(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.min(b).intoArray(dst, dstOff + i);
    }
  }

  static void minA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.min(b).intoArray(dst, dstOff + i);
    }
  }

  static void minB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      a.min(b).intoArray(dst, dstOff + i);
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
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.blend(g.mul(0.5f), a.compare(VectorOperators.EQ, b))
          .blend(0f, a.compare(VectorOperators.GT, b))
          .intoArray(dx, dxOff + i);
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
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.blend(g.mul(0.5f), a.compare(VectorOperators.EQ, b))
          .blend(0f, b.compare(VectorOperators.GT, a))
          .intoArray(dx, dxOff + i);
    }
  }

  static void max(
      float[] left, int leftOff, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.max(b).intoArray(dst, dstOff + i);
    }
  }

  static void maxA(float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      a.max(b).intoArray(dst, dstOff + i);
    }
  }

  static void maxB(float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      a.max(b).intoArray(dst, dstOff + i);
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
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.blend(g.mul(0.5f), a.compare(VectorOperators.EQ, b))
          .blend(0f, a.compare(VectorOperators.LT, b))
          .intoArray(dx, dxOff + i);
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
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.blend(g.mul(0.5f), a.compare(VectorOperators.EQ, b))
          .blend(0f, b.compare(VectorOperators.LT, a))
          .intoArray(dx, dxOff + i);
    }
  }
}
