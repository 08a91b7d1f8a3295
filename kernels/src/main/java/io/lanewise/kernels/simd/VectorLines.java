package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over whole vectors ({@code n} is a multiple of the lanes): step, relu, leaky-relu, clamp,
 * threshold, hard-sigmoid, hard-swish, softsign, and their slopes. Written by
 * tools/kernel-templates/write_curves.py.
 */
final class VectorLines {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorLines() {}

  static void step(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(x, x.test(VectorOperators.IS_NAN))
          .blend(1f, x.compare(VectorOperators.GT, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void stepSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.broadcast(V, 0f).intoArray(dx, dxOff + i);
    }
  }

  static void relu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      x.blend(0f, x.compare(VectorOperators.LE, 0f)).intoArray(dst, dstOff + i);
    }
  }

  static void reluSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector y = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(g, y.compare(VectorOperators.GT, 0f))
          .intoArray(dx, dxOff + i);
    }
  }

  static void leakyRelu(float[] src, int srcOff, float[] dst, int dstOff, int n, float p) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      x.mul(p).blend(x, x.compare(VectorOperators.GT, 0f)).intoArray(dst, dstOff + i);
    }
  }

  static void leakyReluSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n, float p) {
    for (int i = 0; i < n; i += L) {
      FloatVector y = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.mul(p).blend(g, y.compare(VectorOperators.GT, 0f)).intoArray(dx, dxOff + i);
    }
  }

  static void clamp(float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector y = x.blend(p, x.compare(VectorOperators.LE, p));
      y.blend(q, y.compare(VectorOperators.GE, q)).intoArray(dst, dstOff + i);
    }
  }

  static void clampSlope(
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
      FloatVector y = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(
              FloatVector.broadcast(V, 0f).blend(g, y.compare(VectorOperators.LT, q)),
              y.compare(VectorOperators.GT, p))
          .intoArray(dx, dxOff + i);
    }
  }

  static void threshold(float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      x.blend(q, x.compare(VectorOperators.LE, p)).intoArray(dst, dstOff + i);
    }
  }

  static void thresholdSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n, float p) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(g, x.compare(VectorOperators.GT, p))
          .intoArray(dx, dxOff + i);
    }
  }

  static void hardSigmoid(
      float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector y = x.fma(FloatVector.broadcast(V, p), FloatVector.broadcast(V, q));
      y = y.blend(0f, y.compare(VectorOperators.LT, 0f));
      y.blend(1f, y.compare(VectorOperators.GT, 1f)).intoArray(dst, dstOff + i);
    }
  }

  static void hardSigmoidSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n, float p) {
    for (int i = 0; i < n; i += L) {
      FloatVector y = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector.broadcast(V, 0f)
          .blend(
              FloatVector.broadcast(V, 0f).blend(g.mul(p), y.compare(VectorOperators.LT, 1f)),
              y.compare(VectorOperators.GT, 0f))
          .intoArray(dx, dxOff + i);
    }
  }

  static void hardSwish(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector y = x.mul(x.add(3f).mul(0.16666667f));
      y = y.blend(-0.0f, x.compare(VectorOperators.LE, -3f));
      y.blend(x, x.compare(VectorOperators.GE, 3f)).intoArray(dst, dstOff + i);
    }
  }

  static void hardSwishSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector y = g.mul(x.add(1.5f).mul(0.33333334f));
      y = y.blend(0f, x.compare(VectorOperators.LE, -3f));
      y.blend(g, x.compare(VectorOperators.GE, 3f)).intoArray(dx, dxOff + i);
    }
  }

  static void softsign(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector c = x.blend(Float.MAX_VALUE, x.compare(VectorOperators.GT, Float.MAX_VALUE));
      FloatVector c2 = c.blend(-Float.MAX_VALUE, c.compare(VectorOperators.LT, -Float.MAX_VALUE));
      c2.div(c2.abs().add(1f)).intoArray(dst, dstOff + i);
    }
  }

  static void softsignSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector d = FloatVector.broadcast(V, 1f).div(x.abs().add(1f));
      d.mul(d).mul(g).intoArray(dx, dxOff + i);
    }
  }
}
