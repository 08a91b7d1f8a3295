package io.lanewise.kernels.simd;

import static io.lanewise.kernels.micro.ErfConstants.E1;
import static io.lanewise.kernels.micro.ErfConstants.E11;
import static io.lanewise.kernels.micro.ErfConstants.E13;
import static io.lanewise.kernels.micro.ErfConstants.E3;
import static io.lanewise.kernels.micro.ErfConstants.E5;
import static io.lanewise.kernels.micro.ErfConstants.E7;
import static io.lanewise.kernels.micro.ErfConstants.E9;
import static io.lanewise.kernels.micro.ErfConstants.ERF_ONE;
import static io.lanewise.kernels.micro.ErfConstants.ERF_SMALL;
import static io.lanewise.kernels.micro.ErfConstants.H1;
import static io.lanewise.kernels.micro.ErfConstants.H2;
import static io.lanewise.kernels.micro.ErfConstants.H3;
import static io.lanewise.kernels.micro.ErfConstants.H4;
import static io.lanewise.kernels.micro.ErfConstants.H5;
import static io.lanewise.kernels.micro.ErfConstants.H6;
import static io.lanewise.kernels.micro.ErfConstants.H7;
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
import static io.lanewise.kernels.micro.NormalConstants.CUBIC;
import static io.lanewise.kernels.micro.NormalConstants.DENSITY;
import static io.lanewise.kernels.micro.NormalConstants.FAR;
import static io.lanewise.kernels.micro.NormalConstants.LINEAR;
import static io.lanewise.kernels.micro.NormalConstants.N1;
import static io.lanewise.kernels.micro.NormalConstants.N10;
import static io.lanewise.kernels.micro.NormalConstants.N2;
import static io.lanewise.kernels.micro.NormalConstants.N3;
import static io.lanewise.kernels.micro.NormalConstants.N4;
import static io.lanewise.kernels.micro.NormalConstants.N5;
import static io.lanewise.kernels.micro.NormalConstants.N6;
import static io.lanewise.kernels.micro.NormalConstants.N7;
import static io.lanewise.kernels.micro.NormalConstants.N8;
import static io.lanewise.kernels.micro.NormalConstants.N9;
import static io.lanewise.kernels.micro.NormalConstants.TANH_FAR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over whole vectors ({@code n} is a multiple of the lanes): erf, gelu, gelu-tanh, and their
 * slopes. Written by tools/kernel-templates/write_curves.py.
 */
final class VectorErrorFunctions {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorErrorFunctions() {}

  static void erf(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector a = x.abs();
      FloatVector q = x.mul(x);
      FloatVector p = q.fma(FloatVector.broadcast(V, E13), FloatVector.broadcast(V, E11));
      p = p.fma(q, FloatVector.broadcast(V, E9));
      p = p.fma(q, FloatVector.broadcast(V, E7));
      p = p.fma(q, FloatVector.broadcast(V, E5));
      p = p.fma(q, FloatVector.broadcast(V, E3));
      p = p.fma(q, FloatVector.broadcast(V, E1));
      FloatVector small = x.fma(p, x);
      FloatVector c = a.blend(ERF_ONE, a.compare(VectorOperators.GT, ERF_ONE));
      FloatVector h = c.fma(FloatVector.broadcast(V, H7), FloatVector.broadcast(V, H6));
      h = h.fma(c, FloatVector.broadcast(V, H5));
      h = h.fma(c, FloatVector.broadcast(V, H4));
      h = h.fma(c, FloatVector.broadcast(V, H3));
      h = h.fma(c, FloatVector.broadcast(V, H2));
      h = h.fma(c, FloatVector.broadcast(V, H1));
      FloatVector x2 = h.mul(c);
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
          FloatVector.broadcast(V, 1f)
              .sub(
                  p2.reinterpretAsInts()
                      .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                      .reinterpretAsFloats());
      y = y.blend(y.neg(), x.compare(VectorOperators.LT, 0f));
      y = y.blend(small, a.compare(VectorOperators.LT, ERF_SMALL));
      y.blend(x, x.compare(VectorOperators.EQ, 0f))
          .blend(x, x.test(VectorOperators.IS_NAN))
          .intoArray(dst, dstOff + i);
    }
  }

  static void gelu(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector a = x.abs();
      FloatVector c = a.blend(FAR, a.compare(VectorOperators.GT, FAR));
      FloatVector w = c.mul(c);
      FloatVector x2 = w.mul(-0.5f);
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
      y = y.fma(c.fma(c, w.neg()).mul(-0.5f), y);
      FloatVector t2 =
          FloatVector.broadcast(V, 1f)
              .div(c.fma(FloatVector.broadcast(V, 0.25f), FloatVector.broadcast(V, 1f)));
      FloatVector p2 = t2.fma(FloatVector.broadcast(V, N10), FloatVector.broadcast(V, N9));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N8));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N7));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N6));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N5));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N4));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N3));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N2));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N1));
      FloatVector y2 = y.mul(t2.mul(p2));
      FloatVector c2 = x.blend(-FAR, x.compare(VectorOperators.LT, -FAR));
      y2 = c2.neg().fma(y2.mul(s), c2).blend(c2.mul(y2).mul(s), x.compare(VectorOperators.LE, 0f));
      y2.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY))
          .intoArray(dst, dstOff + i);
    }
  }

  static void geluSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector a = x.abs();
      FloatVector c = a.blend(FAR, a.compare(VectorOperators.GT, FAR));
      FloatVector w = c.mul(c);
      FloatVector x2 = w.mul(-0.5f);
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
      y = y.fma(c.fma(c, w.neg()).mul(-0.5f), y);
      FloatVector t2 =
          FloatVector.broadcast(V, 1f)
              .div(c.fma(FloatVector.broadcast(V, 0.25f), FloatVector.broadcast(V, 1f)));
      FloatVector p2 = t2.fma(FloatVector.broadcast(V, N10), FloatVector.broadcast(V, N9));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N8));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N7));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N6));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N5));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N4));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N3));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N2));
      p2 = p2.fma(t2, FloatVector.broadcast(V, N1));
      FloatVector y2 = y.mul(t2.mul(p2));
      y2 = y2.mul(s);
      FloatVector c2 = x.blend(FAR, x.compare(VectorOperators.GT, FAR));
      FloatVector c3 = c2.blend(-FAR, c2.compare(VectorOperators.LT, -FAR));
      c3.fma(
              y.mul(s).mul(DENSITY),
              FloatVector.broadcast(V, 1f).sub(y2).blend(y2, x.compare(VectorOperators.LT, 0f)))
          .mul(g)
          .intoArray(dx, dxOff + i);
    }
  }

  static void geluTanh(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector v =
          x.mul(x.mul(x).fma(FloatVector.broadcast(V, CUBIC), FloatVector.broadcast(V, LINEAR)));
      FloatVector a = v.abs();
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
      FloatVector d = y.fma(s, FloatVector.broadcast(V, 1f));
      FloatVector c = x.blend(TANH_FAR, x.compare(VectorOperators.LT, TANH_FAR));
      FloatVector n2 = FloatVector.broadcast(V, 1f).blend(y, x.compare(VectorOperators.LT, 0f));
      s = FloatVector.broadcast(V, 1f).blend(s, x.compare(VectorOperators.LT, 0f));
      c.mul(n2).div(d).mul(s).intoArray(dst, dstOff + i);
    }
  }

  static void geluTanhSlope(
      float[] src, int srcOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      FloatVector w = x.mul(x);
      FloatVector v =
          x.mul(w.fma(FloatVector.broadcast(V, CUBIC), FloatVector.broadcast(V, LINEAR)));
      FloatVector a = v.abs();
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
      FloatVector c = x.blend(-TANH_FAR, x.compare(VectorOperators.GT, -TANH_FAR));
      FloatVector c2 = c.blend(TANH_FAR, c.compare(VectorOperators.LT, TANH_FAR));
      FloatVector u =
          c2.mul(c2).fma(FloatVector.broadcast(V, CUBIC * 3f), FloatVector.broadcast(V, LINEAR));
      p2.mul(c2.mul(u).fma(m, FloatVector.broadcast(V, 1f))).mul(g).intoArray(dx, dxOff + i);
    }
  }
}
