package io.lanewise.kernels.simd;

import static io.lanewise.kernels.micro.DecayConstants.D2;
import static io.lanewise.kernels.micro.DecayConstants.D3;
import static io.lanewise.kernels.micro.DecayConstants.D4;
import static io.lanewise.kernels.micro.DecayConstants.D5;
import static io.lanewise.kernels.micro.DecayConstants.D6;
import static io.lanewise.kernels.micro.ExpConstants.C2;
import static io.lanewise.kernels.micro.ExpConstants.C3;
import static io.lanewise.kernels.micro.ExpConstants.C4;
import static io.lanewise.kernels.micro.ExpConstants.C5;
import static io.lanewise.kernels.micro.ExpConstants.C6;
import static io.lanewise.kernels.micro.ExpConstants.C7;
import static io.lanewise.kernels.micro.ExpConstants.DEEP;
import static io.lanewise.kernels.micro.ExpConstants.FLAT;
import static io.lanewise.kernels.micro.ExpConstants.LOG2E;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_HIGH;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_LOW;
import static io.lanewise.kernels.micro.ExpConstants.ROUND;
import static io.lanewise.kernels.micro.ExpConstants.SCALE;
import static io.lanewise.kernels.micro.ExpConstants.SCALED;
import static io.lanewise.kernels.micro.ExpConstants.TINY;
import static io.lanewise.kernels.micro.ExpConstants.TOP;
import static io.lanewise.kernels.micro.TanhConstants.ONE;
import static io.lanewise.kernels.micro.TanhConstants.P11;
import static io.lanewise.kernels.micro.TanhConstants.P13;
import static io.lanewise.kernels.micro.TanhConstants.P3;
import static io.lanewise.kernels.micro.TanhConstants.P5;
import static io.lanewise.kernels.micro.TanhConstants.P7;
import static io.lanewise.kernels.micro.TanhConstants.P9;
import static io.lanewise.kernels.micro.TanhConstants.SMALL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over whole vectors ({@code n} is a multiple of the lanes): exp, expm1, sigmoid, silu, elu,
 * tanh, and their slopes. Written by tools/kernel-templates/write_curves.py.
 */
final class VectorExponentials {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorExponentials() {}

  static void exp(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
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
      y.blend(x, x.test(VectorOperators.IS_NAN)).intoArray(dst, dstOff + i);
    }
  }

  static void expm1(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector x2 = x.blend(TOP, x.compare(VectorOperators.GT, TOP));
      FloatVector c = x2.blend(FLAT, x2.compare(VectorOperators.LT, FLAT));
      FloatVector t = c.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), c);
      r = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p = p.fma(r, FloatVector.broadcast(V, C5));
      p = p.fma(r, FloatVector.broadcast(V, C4));
      p = p.fma(r, FloatVector.broadcast(V, C3));
      p = p.fma(r, FloatVector.broadcast(V, C2));
      p = r.mul(r).fma(p, r);
      FloatVector s =
          FloatVector.broadcast(V, 0.5f)
              .reinterpretAsInts()
              .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector y = s.fma(p, s.sub(0.5f));
      y = y.add(y);
      FloatVector y2 = y.blend(x2, x2.abs().compare(VectorOperators.LT, TINY));
      y2.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, TOP))
          .intoArray(dst, dstOff + i);
    }
  }

  static void sigmoid(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      if (!x.abs().compare(VectorOperators.GT, -SCALED).anyTrue()) {
        FloatVector t = x.fma(FloatVector.broadcast(V, -LOG2E), FloatVector.broadcast(V, ROUND));
        FloatVector j = t.sub(ROUND);
        FloatVector r = j.fma(FloatVector.broadcast(V, -MINUS_LN2_HIGH), x);
        r = j.fma(FloatVector.broadcast(V, -MINUS_LN2_LOW), r);
        FloatVector p = r.fma(FloatVector.broadcast(V, D6), FloatVector.broadcast(V, D5));
        p = p.fma(r, FloatVector.broadcast(V, D4));
        p = p.fma(r, FloatVector.broadcast(V, D3));
        p = p.fma(r, FloatVector.broadcast(V, D2));
        p = p.fma(r, FloatVector.broadcast(V, -1f));
        p = p.fma(r, FloatVector.broadcast(V, 1f));
        FloatVector y =
            FloatVector.broadcast(V, 1f)
                .div(
                    p.reinterpretAsInts()
                        .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                        .reinterpretAsFloats()
                        .add(1f));
        y.blend(x, x.test(VectorOperators.IS_NAN)).intoArray(dst, dstOff + i);
        continue;
      }
      FloatVector c = x.blend(DEEP, x.compare(VectorOperators.LT, DEEP));
      FloatVector x2 = c.blend(-SCALED, c.compare(VectorOperators.GT, -SCALED));
      FloatVector t = x2.fma(FloatVector.broadcast(V, -LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, -MINUS_LN2_HIGH), x2);
      r = j.fma(FloatVector.broadcast(V, -MINUS_LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(V, D6), FloatVector.broadcast(V, D5));
      p = p.fma(r, FloatVector.broadcast(V, D4));
      p = p.fma(r, FloatVector.broadcast(V, D3));
      p = p.fma(r, FloatVector.broadcast(V, D2));
      p = p.fma(r, FloatVector.broadcast(V, -1f));
      p = p.fma(r, FloatVector.broadcast(V, 1f));
      VectorMask<Float> deep = c.compare(VectorOperators.LT, SCALED);
      FloatVector y =
          p.reinterpretAsInts()
              .add(t.blend(t.sub(64f), deep).reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector d = y.add(1f).blend(y, deep);
      FloatVector s = FloatVector.broadcast(V, 1f).blend(SCALE, deep);
      FloatVector y2 = FloatVector.broadcast(V, 1f).div(d).mul(s);
      y2.blend(x, x.test(VectorOperators.IS_NAN)).intoArray(dst, dstOff + i);
    }
  }

  static void sigmoidSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector y = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      y.neg().fma(y, y).mul(g).intoArray(dx, dxOff + i);
    }
  }

  static void silu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      if (!x.abs().compare(VectorOperators.GT, -SCALED).anyTrue()) {
        FloatVector t = x.fma(FloatVector.broadcast(V, -LOG2E), FloatVector.broadcast(V, ROUND));
        FloatVector j = t.sub(ROUND);
        FloatVector r = j.fma(FloatVector.broadcast(V, -MINUS_LN2_HIGH), x);
        r = j.fma(FloatVector.broadcast(V, -MINUS_LN2_LOW), r);
        FloatVector p = r.fma(FloatVector.broadcast(V, D6), FloatVector.broadcast(V, D5));
        p = p.fma(r, FloatVector.broadcast(V, D4));
        p = p.fma(r, FloatVector.broadcast(V, D3));
        p = p.fma(r, FloatVector.broadcast(V, D2));
        p = p.fma(r, FloatVector.broadcast(V, -1f));
        p = p.fma(r, FloatVector.broadcast(V, 1f));
        x.div(
                p.reinterpretAsInts()
                    .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .add(1f))
            .intoArray(dst, dstOff + i);
        continue;
      }
      FloatVector c = x.blend(DEEP, x.compare(VectorOperators.LT, DEEP));
      FloatVector x2 = c.blend(-SCALED, c.compare(VectorOperators.GT, -SCALED));
      FloatVector t = x2.fma(FloatVector.broadcast(V, -LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, -MINUS_LN2_HIGH), x2);
      r = j.fma(FloatVector.broadcast(V, -MINUS_LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(V, D6), FloatVector.broadcast(V, D5));
      p = p.fma(r, FloatVector.broadcast(V, D4));
      p = p.fma(r, FloatVector.broadcast(V, D3));
      p = p.fma(r, FloatVector.broadcast(V, D2));
      p = p.fma(r, FloatVector.broadcast(V, -1f));
      p = p.fma(r, FloatVector.broadcast(V, 1f));
      VectorMask<Float> deep = c.compare(VectorOperators.LT, SCALED);
      FloatVector y =
          p.reinterpretAsInts()
              .add(t.blend(t.sub(64f), deep).reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector d = y.add(1f).blend(y, deep);
      FloatVector s = FloatVector.broadcast(V, 1f).blend(SCALE, deep);
      c.div(d).mul(s).intoArray(dst, dstOff + i);
    }
  }

  static void siluSlope(
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
      FloatVector d = z.add(1f);
      FloatVector p2 =
          FloatVector.broadcast(V, 1f).blend(z, x.compare(VectorOperators.LT, 0f)).div(d);
      FloatVector m = z.blend(1f, x.compare(VectorOperators.LT, 0f)).div(d);
      FloatVector c = x.blend(-DEEP, x.compare(VectorOperators.GT, -DEEP));
      FloatVector c2 = c.blend(DEEP, c.compare(VectorOperators.LT, DEEP));
      p2.mul(c2.fma(m, FloatVector.broadcast(V, 1f))).mul(g).intoArray(dx, dxOff + i);
    }
  }

  static void elu(
      float[] src, int srcOff, float[] dst, int dstOff, int n, float p, float q, float r) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector x2 = x.blend(0f, x.compare(VectorOperators.GT, 0f)).mul(r);
      FloatVector c = x2.blend(FLAT, x2.compare(VectorOperators.LT, FLAT));
      FloatVector t = c.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), c);
      r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r2);
      FloatVector p2 = r2.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C5));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C4));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C3));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C2));
      p2 = r2.mul(r2).fma(p2, r2);
      FloatVector s =
          FloatVector.broadcast(V, 0.5f)
              .reinterpretAsInts()
              .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector y = s.fma(p2, s.sub(0.5f));
      y = y.add(y);
      FloatVector y2 = y.blend(x2, x2.abs().compare(VectorOperators.LT, TINY));
      y2.mul(q).blend(x.mul(p), x.compare(VectorOperators.GT, 0f)).intoArray(dst, dstOff + i);
    }
  }

  static void eluSlope(
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
      FloatVector y = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      y.fma(FloatVector.broadcast(V, r), FloatVector.broadcast(V, q * r))
          .blend(p, y.compare(VectorOperators.GT, 0f))
          .mul(g)
          .intoArray(dx, dxOff + i);
    }
  }

  static void tanh(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector a = x.abs();
      FloatVector q = x.mul(x);
      FloatVector p = q.fma(FloatVector.broadcast(V, P13), FloatVector.broadcast(V, P11));
      p = p.fma(q, FloatVector.broadcast(V, P9));
      p = p.fma(q, FloatVector.broadcast(V, P7));
      p = p.fma(q, FloatVector.broadcast(V, P5));
      p = p.fma(q, FloatVector.broadcast(V, P3));
      FloatVector small = a.mul(q).fma(p, a);
      FloatVector c = a.blend(ONE, a.compare(VectorOperators.GT, ONE));
      FloatVector x2 = c.add(c);
      FloatVector t = x2.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), x2);
      r = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r);
      FloatVector p2 = r.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p2 = p2.fma(r, FloatVector.broadcast(V, C5));
      p2 = p2.fma(r, FloatVector.broadcast(V, C4));
      p2 = p2.fma(r, FloatVector.broadcast(V, C3));
      p2 = p2.fma(r, FloatVector.broadcast(V, C2));
      p2 = r.mul(r).fma(p2, r).add(1f);
      FloatVector y =
          p2.reinterpretAsInts()
              .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      y = FloatVector.broadcast(V, 1f).sub(FloatVector.broadcast(V, 2f).div(y.add(1f)));
      y = y.blend(small, a.compare(VectorOperators.LT, SMALL));
      y = y.blend(x, x.test(VectorOperators.IS_NAN));
      y.blend(y.neg(), x.test(VectorOperators.IS_NEGATIVE)).intoArray(dst, dstOff + i);
    }
  }

  static void tanhSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector y = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      y.neg().fma(y, FloatVector.broadcast(V, 1f)).mul(g).intoArray(dx, dxOff + i);
    }
  }
}
