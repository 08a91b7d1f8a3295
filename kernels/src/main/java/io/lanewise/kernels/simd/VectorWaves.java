package io.lanewise.kernels.simd;

import static io.lanewise.kernels.micro.ExpConstants.C2;
import static io.lanewise.kernels.micro.ExpConstants.C3;
import static io.lanewise.kernels.micro.ExpConstants.C4;
import static io.lanewise.kernels.micro.ExpConstants.C5;
import static io.lanewise.kernels.micro.ExpConstants.C6;
import static io.lanewise.kernels.micro.ExpConstants.C7;
import static io.lanewise.kernels.micro.ExpConstants.DEEP;
import static io.lanewise.kernels.micro.ExpConstants.LOG2E;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_HIGH;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_LOW;
import static io.lanewise.kernels.micro.ExpConstants.ROUND;
import static io.lanewise.kernels.micro.ExpConstants.SCALE;
import static io.lanewise.kernels.micro.ExpConstants.SCALED;
import static io.lanewise.kernels.micro.ExpConstants.TOP;
import static io.lanewise.kernels.micro.PowerConstants.ROOT_SLOPE;
import static io.lanewise.kernels.micro.SineConstants.K10;
import static io.lanewise.kernels.micro.SineConstants.K4;
import static io.lanewise.kernels.micro.SineConstants.K6;
import static io.lanewise.kernels.micro.SineConstants.K8;
import static io.lanewise.kernels.micro.SineConstants.MINUS_HALF_PI_HIGH;
import static io.lanewise.kernels.micro.SineConstants.MINUS_HALF_PI_LOW;
import static io.lanewise.kernels.micro.SineConstants.MINUS_HALF_PI_MIDDLE;
import static io.lanewise.kernels.micro.SineConstants.S3;
import static io.lanewise.kernels.micro.SineConstants.S5;
import static io.lanewise.kernels.micro.SineConstants.S7;
import static io.lanewise.kernels.micro.SineConstants.S9;
import static io.lanewise.kernels.micro.SineConstants.TWO_OVER_PI;
import static io.lanewise.kernels.micro.SineConstants.WAVE_FAR;

import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.UnaryCurve;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over whole vectors ({@code n} is a multiple of the lanes): exp, log, erf, sin, cos, and
 * their slopes; a method that ends in A or B has one number for that operand. Written by
 * tools/kernel-templates/write_arithmetic.py.
 */
final class VectorWaves {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorWaves() {}

  static void expSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector c = x.blend(TOP, x.compare(VectorOperators.GT, TOP));
      c = c.blend(DEEP, c.compare(VectorOperators.LT, DEEP));
      FloatVector t = c.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), c);
      r = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p = p.fma(r, FloatVector.broadcast(V, C5));
      p = p.fma(r, FloatVector.broadcast(V, C4));
      p = p.fma(r, FloatVector.broadcast(V, C3));
      p = p.fma(r, FloatVector.broadcast(V, C2));
      p = r.mul(r).fma(p, r).add(1f);
      VectorMask<Float> deep = c.compare(VectorOperators.LT, SCALED);
      FloatVector y =
          p.reinterpretAsInts()
              .add(t.blend(t.add(64f), deep).reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector s = FloatVector.broadcast(V, 1f).blend(SCALE, deep);
      y = y.mul(s);
      y = y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, TOP));
      y.blend(x, x.test(VectorOperators.IS_NAN)).mul(g).intoArray(dx, dxOff + i);
    }
  }

  static void logSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      g.div(x).intoArray(dx, dxOff + i);
    }
  }

  static void erfSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector w = x.mul(x);
      FloatVector c = w.blend(112f, w.compare(VectorOperators.GT, 112f));
      FloatVector x2 = c.neg();
      FloatVector t = x2.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), x2);
      r = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p = p.fma(r, FloatVector.broadcast(V, C5));
      p = p.fma(r, FloatVector.broadcast(V, C4));
      p = p.fma(r, FloatVector.broadcast(V, C3));
      p = p.fma(r, FloatVector.broadcast(V, C2));
      p = r.mul(r).fma(p, r).add(1f);
      VectorMask<Float> deep = x2.compare(VectorOperators.LT, SCALED);
      FloatVector y =
          p.reinterpretAsInts()
              .add(t.blend(t.add(64f), deep).reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector s = FloatVector.broadcast(V, 1f).blend(SCALE, deep);
      y = y.fma(x.fma(x, w.neg()).neg(), y).mul(s).mul(ROOT_SLOPE);
      y.blend(0f, w.compare(VectorOperators.GT, 112f)).mul(g).intoArray(dx, dxOff + i);
    }
  }

  static void sin(
      float[] src, int srcOff, float[] dst, int dstOff, int n, ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      if (!x.abs().compare(VectorOperators.LE, WAVE_FAR).allTrue()) {
        tails.unary(UnaryCurve.SIN, 0, 0, src, srcOff + i, dst, dstOff + i, L);
        continue;
      }
      FloatVector t = x.fma(FloatVector.broadcast(V, TWO_OVER_PI), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_HIGH), x);
      r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_MIDDLE), r);
      r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_LOW), r);
      FloatVector z = r.mul(r);
      FloatVector s = z.fma(FloatVector.broadcast(V, S9), FloatVector.broadcast(V, S7));
      s = s.fma(z, FloatVector.broadcast(V, S5));
      s = s.fma(z, FloatVector.broadcast(V, S3));
      s = r.mul(z).fma(s, r);
      FloatVector c = z.fma(FloatVector.broadcast(V, K10), FloatVector.broadcast(V, K8));
      c = c.fma(z, FloatVector.broadcast(V, K6));
      c = c.fma(z, FloatVector.broadcast(V, K4));
      c = z.mul(z).fma(c, z.fma(FloatVector.broadcast(V, -0.5f), FloatVector.broadcast(V, 1f)));
      FloatVector y =
          s.blend(
              c,
              t.reinterpretAsInts()
                  .lanewise(VectorOperators.LSHL, 31)
                  .reinterpretAsFloats()
                  .test(VectorOperators.IS_NEGATIVE));
      y.blend(
              y.neg(),
              t.reinterpretAsInts()
                  .lanewise(VectorOperators.LSHL, 30)
                  .reinterpretAsFloats()
                  .test(VectorOperators.IS_NEGATIVE))
          .blend(x, x.compare(VectorOperators.EQ, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void sinSlope(
      float[] src,
      int srcOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      if (!x.abs().compare(VectorOperators.LE, WAVE_FAR).allTrue()) {
        tails.unarySlope(UnaryCurve.SIN, 0, 0, src, srcOff + i, dy, dyOff + i, dx, dxOff + i, L);
        continue;
      }
      FloatVector t = x.fma(FloatVector.broadcast(V, TWO_OVER_PI), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_HIGH), x);
      r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_MIDDLE), r);
      r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_LOW), r);
      FloatVector t2 = t.add(1f);
      FloatVector z = r.mul(r);
      FloatVector s = z.fma(FloatVector.broadcast(V, S9), FloatVector.broadcast(V, S7));
      s = s.fma(z, FloatVector.broadcast(V, S5));
      s = s.fma(z, FloatVector.broadcast(V, S3));
      s = r.mul(z).fma(s, r);
      FloatVector c = z.fma(FloatVector.broadcast(V, K10), FloatVector.broadcast(V, K8));
      c = c.fma(z, FloatVector.broadcast(V, K6));
      c = c.fma(z, FloatVector.broadcast(V, K4));
      c = z.mul(z).fma(c, z.fma(FloatVector.broadcast(V, -0.5f), FloatVector.broadcast(V, 1f)));
      FloatVector y =
          s.blend(
              c,
              t2.reinterpretAsInts()
                  .lanewise(VectorOperators.LSHL, 31)
                  .reinterpretAsFloats()
                  .test(VectorOperators.IS_NEGATIVE));
      y.blend(
              y.neg(),
              t2.reinterpretAsInts()
                  .lanewise(VectorOperators.LSHL, 30)
                  .reinterpretAsFloats()
                  .test(VectorOperators.IS_NEGATIVE))
          .mul(g)
          .intoArray(dx, dxOff + i);
    }
  }

  static void cos(
      float[] src, int srcOff, float[] dst, int dstOff, int n, ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      if (!x.abs().compare(VectorOperators.LE, WAVE_FAR).allTrue()) {
        tails.unary(UnaryCurve.COS, 0, 0, src, srcOff + i, dst, dstOff + i, L);
        continue;
      }
      FloatVector t = x.fma(FloatVector.broadcast(V, TWO_OVER_PI), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_HIGH), x);
      r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_MIDDLE), r);
      r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_LOW), r);
      FloatVector t2 = t.add(1f);
      FloatVector z = r.mul(r);
      FloatVector s = z.fma(FloatVector.broadcast(V, S9), FloatVector.broadcast(V, S7));
      s = s.fma(z, FloatVector.broadcast(V, S5));
      s = s.fma(z, FloatVector.broadcast(V, S3));
      s = r.mul(z).fma(s, r);
      FloatVector c = z.fma(FloatVector.broadcast(V, K10), FloatVector.broadcast(V, K8));
      c = c.fma(z, FloatVector.broadcast(V, K6));
      c = c.fma(z, FloatVector.broadcast(V, K4));
      c = z.mul(z).fma(c, z.fma(FloatVector.broadcast(V, -0.5f), FloatVector.broadcast(V, 1f)));
      FloatVector y =
          s.blend(
              c,
              t2.reinterpretAsInts()
                  .lanewise(VectorOperators.LSHL, 31)
                  .reinterpretAsFloats()
                  .test(VectorOperators.IS_NEGATIVE));
      y.blend(
              y.neg(),
              t2.reinterpretAsInts()
                  .lanewise(VectorOperators.LSHL, 30)
                  .reinterpretAsFloats()
                  .test(VectorOperators.IS_NEGATIVE))
          .intoArray(dst, dstOff + i);
    }
  }

  static void cosSlope(
      float[] src,
      int srcOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      if (!x.abs().compare(VectorOperators.LE, WAVE_FAR).allTrue()) {
        tails.unarySlope(UnaryCurve.COS, 0, 0, src, srcOff + i, dy, dyOff + i, dx, dxOff + i, L);
        continue;
      }
      FloatVector t = x.fma(FloatVector.broadcast(V, TWO_OVER_PI), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_HIGH), x);
      r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_MIDDLE), r);
      r = j.fma(FloatVector.broadcast(V, MINUS_HALF_PI_LOW), r);
      FloatVector z = r.mul(r);
      FloatVector s = z.fma(FloatVector.broadcast(V, S9), FloatVector.broadcast(V, S7));
      s = s.fma(z, FloatVector.broadcast(V, S5));
      s = s.fma(z, FloatVector.broadcast(V, S3));
      s = r.mul(z).fma(s, r);
      FloatVector c = z.fma(FloatVector.broadcast(V, K10), FloatVector.broadcast(V, K8));
      c = c.fma(z, FloatVector.broadcast(V, K6));
      c = c.fma(z, FloatVector.broadcast(V, K4));
      c = z.mul(z).fma(c, z.fma(FloatVector.broadcast(V, -0.5f), FloatVector.broadcast(V, 1f)));
      FloatVector y =
          s.blend(
              c,
              t.reinterpretAsInts()
                  .lanewise(VectorOperators.LSHL, 31)
                  .reinterpretAsFloats()
                  .test(VectorOperators.IS_NEGATIVE));
      y.blend(
              y.neg(),
              t.reinterpretAsInts()
                  .lanewise(VectorOperators.LSHL, 30)
                  .reinterpretAsFloats()
                  .test(VectorOperators.IS_NEGATIVE))
          .mul(g.neg())
          .intoArray(dx, dxOff + i);
    }
  }
}
