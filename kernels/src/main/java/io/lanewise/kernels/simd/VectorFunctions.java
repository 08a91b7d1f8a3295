package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over whole vectors ({@code n} is a multiple of the lanes): abs value, neg, sign, square,
 * square root, reciprocal, reciprocal root, round, floor, ceil, clip, logical not, and their
 * slopes; a method that ends in A or B has one number for that operand. Written by
 * tools/kernel-templates/write_arithmetic.py.
 */
final class VectorFunctions {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorFunctions() {}

  static void absValue(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      x.abs().intoArray(dst, dstOff + i);
    }
  }

  static void absValueSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      x.blend(-1f, x.compare(VectorOperators.LT, 0f))
          .blend(1f, x.compare(VectorOperators.GT, 0f))
          .mul(g)
          .intoArray(dx, dxOff + i);
    }
  }

  static void neg(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      x.neg().intoArray(dst, dstOff + i);
    }
  }

  static void negSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.neg().intoArray(dx, dxOff + i);
    }
  }

  static void sign(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      x.blend(-1f, x.compare(VectorOperators.LT, 0f))
          .blend(1f, x.compare(VectorOperators.GT, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void signSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.broadcast(V, 0f).intoArray(dx, dxOff + i);
    }
  }

  static void square(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      x.mul(x).intoArray(dst, dstOff + i);
    }
  }

  static void squareSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      x.add(x).mul(g).intoArray(dx, dxOff + i);
    }
  }

  static void squareRoot(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      x.sqrt().intoArray(dst, dstOff + i);
    }
  }

  static void squareRootSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.mul(0.5f).div(x.sqrt()).intoArray(dx, dxOff + i);
    }
  }

  static void reciprocal(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector.broadcast(V, 1f).div(x).intoArray(dst, dstOff + i);
    }
  }

  static void reciprocalSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector y = FloatVector.broadcast(V, 1f).div(x);
      g.neg().mul(y).mul(y).intoArray(dx, dxOff + i);
    }
  }

  static void reciprocalRoot(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector.broadcast(V, 1f).div(x.sqrt()).intoArray(dst, dstOff + i);
    }
  }

  static void reciprocalRootSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector y = FloatVector.broadcast(V, 1f).div(x.sqrt());
      g.mul(-0.5f).mul(y).div(x).intoArray(dx, dxOff + i);
    }
  }

  static void round(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector a = x.abs();
      FloatVector r = a.add(8388608f).sub(8388608f);
      r = a.blend(r, a.compare(VectorOperators.LT, 8388608f));
      r.blend(r.neg(), x.test(VectorOperators.IS_NEGATIVE)).intoArray(dst, dstOff + i);
    }
  }

  static void roundSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.broadcast(V, 0f).intoArray(dx, dxOff + i);
    }
  }

  static void floor(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector a = x.abs();
      FloatVector r = a.add(8388608f).sub(8388608f);
      r = a.blend(r, a.compare(VectorOperators.LT, 8388608f));
      FloatVector r2 = r.blend(r.neg(), x.test(VectorOperators.IS_NEGATIVE));
      r2.blend(r2.sub(1f), r2.compare(VectorOperators.GT, x)).intoArray(dst, dstOff + i);
    }
  }

  static void floorSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.broadcast(V, 0f).intoArray(dx, dxOff + i);
    }
  }

  static void ceil(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector x2 = x.neg();
      FloatVector a = x2.abs();
      FloatVector r = a.add(8388608f).sub(8388608f);
      r = a.blend(r, a.compare(VectorOperators.LT, 8388608f));
      FloatVector r2 = r.blend(r.neg(), x2.test(VectorOperators.IS_NEGATIVE));
      r2.blend(r2.sub(1f), r2.compare(VectorOperators.GT, x2)).neg().intoArray(dst, dstOff + i);
    }
  }

  static void ceilSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.broadcast(V, 0f).intoArray(dx, dxOff + i);
    }
  }

  static void clip(float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector y = x.blend(p, x.compare(VectorOperators.LT, p));
      y.blend(q, y.compare(VectorOperators.GT, q)).intoArray(dst, dstOff + i);
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
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.blend(0f, x.compare(VectorOperators.GT, q))
          .blend(0f, x.compare(VectorOperators.LT, p))
          .intoArray(dx, dxOff + i);
    }
  }

  static void logicalNot(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(1f, x.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }
}
