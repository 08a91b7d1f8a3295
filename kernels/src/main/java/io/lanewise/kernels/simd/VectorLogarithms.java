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
import static io.lanewise.kernels.micro.ExpConstants.ROUND_BITS;
import static io.lanewise.kernels.micro.ExpConstants.SCALE;
import static io.lanewise.kernels.micro.ExpConstants.SCALED;
import static io.lanewise.kernels.micro.ExpConstants.TINY;
import static io.lanewise.kernels.micro.LogConstants.FRACTION;
import static io.lanewise.kernels.micro.LogConstants.G10;
import static io.lanewise.kernels.micro.LogConstants.G2;
import static io.lanewise.kernels.micro.LogConstants.G3;
import static io.lanewise.kernels.micro.LogConstants.G4;
import static io.lanewise.kernels.micro.LogConstants.G5;
import static io.lanewise.kernels.micro.LogConstants.G6;
import static io.lanewise.kernels.micro.LogConstants.G7;
import static io.lanewise.kernels.micro.LogConstants.G8;
import static io.lanewise.kernels.micro.LogConstants.G9;
import static io.lanewise.kernels.micro.LogConstants.HALF_ROOT;
import static io.lanewise.kernels.micro.LogConstants.LN2;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over whole vectors ({@code n} is a multiple of the lanes): log, log1p, softplus, mish, and
 * their slopes. Written by tools/kernel-templates/write_curves.py.
 */
final class VectorLogarithms {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorLogarithms() {}

  static void log(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      VectorMask<Float> small = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
      FloatVector u = x.blend(x.mul(33554432f), small);
      FloatVector t =
          u.reinterpretAsInts()
              .sub(HALF_ROOT)
              .lanewise(VectorOperators.ASHR, 23)
              .add(ROUND_BITS)
              .reinterpretAsFloats();
      FloatVector f =
          u.reinterpretAsInts()
              .sub(HALF_ROOT)
              .and(FRACTION)
              .add(HALF_ROOT)
              .reinterpretAsFloats()
              .sub(1f);
      FloatVector k = t.sub(FloatVector.broadcast(V, ROUND).blend(ROUND + 25f, small));
      FloatVector q = f.fma(FloatVector.broadcast(V, G10), FloatVector.broadcast(V, G9));
      q = q.fma(f, FloatVector.broadcast(V, G8));
      q = q.fma(f, FloatVector.broadcast(V, G7));
      q = q.fma(f, FloatVector.broadcast(V, G6));
      q = q.fma(f, FloatVector.broadcast(V, G5));
      q = q.fma(f, FloatVector.broadcast(V, G4));
      q = q.fma(f, FloatVector.broadcast(V, G3));
      q = q.fma(f, FloatVector.broadcast(V, G2));
      FloatVector r = f.mul(f).fma(q, f);
      FloatVector y = k.fma(FloatVector.broadcast(V, LN2), r);
      y = y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
      y = y.blend(-Float.POSITIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
      FloatVector.broadcast(V, Float.NaN)
          .blend(y, x.compare(VectorOperators.GE, 0f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void log1p(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector u = x.add(1f);
      FloatVector t =
          u.reinterpretAsInts()
              .sub(HALF_ROOT)
              .lanewise(VectorOperators.ASHR, 23)
              .add(ROUND_BITS)
              .reinterpretAsFloats();
      FloatVector s =
          FloatVector.broadcast(V, 4f)
              .reinterpretAsInts()
              .sub(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector f =
          s.fma(
              x.mul(0.25f), s.fma(FloatVector.broadcast(V, 0.25f), FloatVector.broadcast(V, -1f)));
      FloatVector k = t.sub(ROUND);
      FloatVector q = f.fma(FloatVector.broadcast(V, G10), FloatVector.broadcast(V, G9));
      q = q.fma(f, FloatVector.broadcast(V, G8));
      q = q.fma(f, FloatVector.broadcast(V, G7));
      q = q.fma(f, FloatVector.broadcast(V, G6));
      q = q.fma(f, FloatVector.broadcast(V, G5));
      q = q.fma(f, FloatVector.broadcast(V, G4));
      q = q.fma(f, FloatVector.broadcast(V, G3));
      q = q.fma(f, FloatVector.broadcast(V, G2));
      FloatVector r = f.mul(f).fma(q, f);
      FloatVector r2 = k.fma(FloatVector.broadcast(V, LN2), r);
      FloatVector y = r2.blend(x, x.abs().compare(VectorOperators.LT, TINY));
      y = y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
      y = y.blend(-Float.POSITIVE_INFINITY, x.compare(VectorOperators.EQ, -1f));
      FloatVector.broadcast(V, Float.NaN)
          .blend(y, x.compare(VectorOperators.GE, -1f))
          .intoArray(dst, dstOff + i);
    }
  }

  static void softplus(
      float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q, float r) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector v = x.mul(p);
      FloatVector a = v.abs();
      FloatVector x2 = a.blend(-DEEP, a.compare(VectorOperators.GT, -DEEP)).neg();
      FloatVector t = x2.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), x2);
      r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r2);
      FloatVector p2 = r2.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C5));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C4));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C3));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C2));
      p2 = r2.mul(r2).fma(p2, r2).add(1f);
      VectorMask<Float> deep = x2.compare(VectorOperators.LT, SCALED);
      FloatVector y =
          p2.reinterpretAsInts()
              .add(t.blend(t.add(64f), deep).reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector s = FloatVector.broadcast(V, 1f).blend(SCALE, deep);
      FloatVector x3 = y.mul(s);
      FloatVector u = x3.add(1f);
      FloatVector t2 =
          u.reinterpretAsInts()
              .sub(HALF_ROOT)
              .lanewise(VectorOperators.ASHR, 23)
              .add(ROUND_BITS)
              .reinterpretAsFloats();
      FloatVector s2 =
          FloatVector.broadcast(V, 4f)
              .reinterpretAsInts()
              .sub(t2.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector f =
          s2.fma(
              x3.mul(0.25f),
              s2.fma(FloatVector.broadcast(V, 0.25f), FloatVector.broadcast(V, -1f)));
      FloatVector k = t2.sub(ROUND);
      FloatVector q2 = f.fma(FloatVector.broadcast(V, G10), FloatVector.broadcast(V, G9));
      q2 = q2.fma(f, FloatVector.broadcast(V, G8));
      q2 = q2.fma(f, FloatVector.broadcast(V, G7));
      q2 = q2.fma(f, FloatVector.broadcast(V, G6));
      q2 = q2.fma(f, FloatVector.broadcast(V, G5));
      q2 = q2.fma(f, FloatVector.broadcast(V, G4));
      q2 = q2.fma(f, FloatVector.broadcast(V, G3));
      q2 = q2.fma(f, FloatVector.broadcast(V, G2));
      FloatVector r3 = f.mul(f).fma(q2, f);
      FloatVector r4 = k.fma(FloatVector.broadcast(V, LN2), r3);
      FloatVector z = r4.blend(x3, x3.abs().compare(VectorOperators.LT, TINY));
      y = FloatVector.broadcast(V, 0f).blend(v, v.compare(VectorOperators.GT, 0f)).add(z).mul(r);
      y = y.blend(x, v.compare(VectorOperators.GT, q));
      y.blend(x, x.test(VectorOperators.IS_NAN)).intoArray(dst, dstOff + i);
    }
  }

  static void softplusSlope(
      float[] src,
      int srcOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      float p,
      float q,
      float r) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector v = x.mul(p);
      FloatVector a = v.abs();
      FloatVector x2 = a.blend(-DEEP, a.compare(VectorOperators.GT, -DEEP)).neg();
      FloatVector t = x2.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), x2);
      r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r2);
      FloatVector p2 = r2.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C5));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C4));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C3));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C2));
      p2 = r2.mul(r2).fma(p2, r2).add(1f);
      VectorMask<Float> deep = x2.compare(VectorOperators.LT, SCALED);
      FloatVector y =
          p2.reinterpretAsInts()
              .add(t.blend(t.add(64f), deep).reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector s = FloatVector.broadcast(V, 1f).blend(SCALE, deep);
      FloatVector z = y.mul(s);
      y = FloatVector.broadcast(V, 1f).blend(z, v.compare(VectorOperators.LT, 0f)).div(z.add(1f));
      y = y.blend(1f, v.compare(VectorOperators.GT, q));
      y.blend(x, x.test(VectorOperators.IS_NAN)).mul(g).intoArray(dx, dxOff + i);
    }
  }

  static void mish(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector a = x.abs();
      FloatVector x2 = a.blend(-DEEP, a.compare(VectorOperators.GT, -DEEP)).neg();
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
      FloatVector z = y.mul(s);
      VectorMask<Float> below = x.compare(VectorOperators.LT, 0f);
      FloatVector n2 = z.fma(FloatVector.broadcast(V, 2f), FloatVector.broadcast(V, 1f));
      FloatVector d =
          z.add(z).fma(z, n2).blend(z.fma(z.add(2f), FloatVector.broadcast(V, 2f)), below);
      n2 = n2.blend(y.fma(z, y.add(y)), below);
      s = FloatVector.broadcast(V, 1f).blend(s, below);
      FloatVector c = x.blend(DEEP, x.compare(VectorOperators.LT, DEEP));
      c.mul(n2.div(d)).mul(s).intoArray(dst, dstOff + i);
    }
  }

  static void mishSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector a = x.abs();
      FloatVector x2 = a.blend(-DEEP, a.compare(VectorOperators.GT, -DEEP)).neg();
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
      FloatVector z = y.mul(s);
      VectorMask<Float> below = x.compare(VectorOperators.LT, 0f);
      FloatVector n2 =
          z.fma(FloatVector.broadcast(V, 2f), FloatVector.broadcast(V, 1f))
              .blend(z.fma(z, z.add(z)), below);
      FloatVector d = z.add(z).fma(z, n2).blend(n2.add(2f), below);
      FloatVector m = z.mul(z).blend(z, below).mul(4f).mul(z.add(1f));
      FloatVector c = x.blend(-DEEP, x.compare(VectorOperators.GT, -DEEP));
      FloatVector c2 = c.blend(DEEP, c.compare(VectorOperators.LT, DEEP));
      c2.fma(m.div(d), n2).div(d).mul(g).intoArray(dx, dxOff + i);
    }
  }
}
