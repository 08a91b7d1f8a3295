package io.lanewise.kernels.simd;

import static io.lanewise.kernels.micro.ExpConstants.C2;
import static io.lanewise.kernels.micro.ExpConstants.C3;
import static io.lanewise.kernels.micro.ExpConstants.C4;
import static io.lanewise.kernels.micro.ExpConstants.C5;
import static io.lanewise.kernels.micro.ExpConstants.C6;
import static io.lanewise.kernels.micro.ExpConstants.C7;
import static io.lanewise.kernels.micro.ExpConstants.HIGH;
import static io.lanewise.kernels.micro.ExpConstants.LOG2E;
import static io.lanewise.kernels.micro.ExpConstants.LOW;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_HIGH;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_LOW;
import static io.lanewise.kernels.micro.ExpConstants.ROUND;
import static io.lanewise.kernels.micro.TanhConstants.ONE;
import static io.lanewise.kernels.micro.TanhConstants.P11;
import static io.lanewise.kernels.micro.TanhConstants.P13;
import static io.lanewise.kernels.micro.TanhConstants.P3;
import static io.lanewise.kernels.micro.TanhConstants.P5;
import static io.lanewise.kernels.micro.TanhConstants.P7;
import static io.lanewise.kernels.micro.TanhConstants.P9;
import static io.lanewise.kernels.micro.TanhConstants.SMALL;

import io.lanewise.kernels.micro.ExpConstants;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transcendental functions over whole vectors, step by step as {@code ScalarMath} computes them:
 * same operations, same order, same bits.
 *
 * <p>The steps from t to y are in each of the loops, since vectors do not pass calls: see ADR 6.
 */
final class VectorMath {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorMath() {}

  /** dst = e^(src - shift); {@code n} is a multiple of the lanes. */
  static void exp(float[] src, int srcOff, float shift, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector z = FloatVector.fromArray(V, src, srcOff + i).sub(shift);
      FloatVector x = z.min(HIGH).max(LOW); // min and max keep NaN
      FloatVector t = x.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), x);
      r = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p = p.fma(r, FloatVector.broadcast(V, C5));
      p = p.fma(r, FloatVector.broadcast(V, C4));
      p = p.fma(r, FloatVector.broadcast(V, C3));
      p = p.fma(r, FloatVector.broadcast(V, C2));
      p = r.mul(r).fma(p, r).add(1f);
      // p · 2^j: j's bits are the low ones of t. In [LOW, HIGH] the exponent of the product stays
      // in range.
      FloatVector y =
          p.reinterpretAsInts()
              .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      y = y.blend(p, p.test(VectorOperators.IS_NAN)); // a NaN's low bits would carry
      y.blend(0f, z.compare(VectorOperators.LT, LOW)).intoArray(dst, dstOff + i);
    }
  }

  /** dst = tanh(src); {@code n} is a multiple of the lanes. */
  static void tanh(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector z = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector a = z.abs();
      FloatVector q = z.mul(z);
      FloatVector s = q.fma(FloatVector.broadcast(V, P13), FloatVector.broadcast(V, P11));
      s = s.fma(q, FloatVector.broadcast(V, P9));
      s = s.fma(q, FloatVector.broadcast(V, P7));
      s = s.fma(q, FloatVector.broadcast(V, P5));
      s = s.fma(q, FloatVector.broadcast(V, P3));
      FloatVector small = a.mul(q).fma(s, a);
      FloatVector c = a.min(ONE);
      FloatVector x = c.add(c);
      FloatVector t = x.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), x);
      r = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p = p.fma(r, FloatVector.broadcast(V, C5));
      p = p.fma(r, FloatVector.broadcast(V, C4));
      p = p.fma(r, FloatVector.broadcast(V, C3));
      p = p.fma(r, FloatVector.broadcast(V, C2));
      p = r.mul(r).fma(p, r).add(1f);
      FloatVector y =
          p.reinterpretAsInts()
              .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      y = y.blend(p, p.test(VectorOperators.IS_NAN));
      FloatVector large =
          FloatVector.broadcast(V, 1f).sub(FloatVector.broadcast(V, 2f).div(y.add(1f)));
      y = large.blend(small, a.compare(VectorOperators.LT, SMALL));
      y.blend(y.neg(), z.test(VectorOperators.IS_NEGATIVE)).intoArray(dst, dstOff + i); // -0, too
    }
  }

  /**
   * dst = clamp(x, least, most) / (1 + e^-x) with x = src, 0 below {@link ExpConstants#LOW}; {@code
   * n} is a multiple of the lanes.
   */
  static void logistic(
      float[] src, int srcOff, float[] dst, int dstOff, int n, float least, float most) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i);
      FloatVector z = x.neg().min(-LOW).max(LOW);
      FloatVector t = z.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), z);
      r = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p = p.fma(r, FloatVector.broadcast(V, C5));
      p = p.fma(r, FloatVector.broadcast(V, C4));
      p = p.fma(r, FloatVector.broadcast(V, C3));
      p = p.fma(r, FloatVector.broadcast(V, C2));
      p = r.mul(r).fma(p, r).add(1f);
      FloatVector e =
          p.reinterpretAsInts()
              .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector y = x.min(most).max(least).div(e.add(1f)); // NaN by NaN or anything is NaN
      y.blend(0f, x.compare(VectorOperators.LT, LOW)).intoArray(dst, dstOff + i);
    }
  }

  /**
   * dx = dy · s · (1 + x · (1 - s)) with s = 1 / (1 + e^-x), 0 below {@link ExpConstants#LOW};
   * {@code n} is a multiple of the lanes.
   */
  static void siluBackward(
      float[] x, int xOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(V, x, xOff + i);
      FloatVector z = v.min(-LOW).max(LOW);
      FloatVector minus = z.neg();
      FloatVector t = minus.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t.sub(ROUND);
      FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), minus);
      r = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r);
      FloatVector p = r.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p = p.fma(r, FloatVector.broadcast(V, C5));
      p = p.fma(r, FloatVector.broadcast(V, C4));
      p = p.fma(r, FloatVector.broadcast(V, C3));
      p = p.fma(r, FloatVector.broadcast(V, C2));
      p = r.mul(r).fma(p, r).add(1f);
      FloatVector e =
          p.reinterpretAsInts()
              .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector s = FloatVector.broadcast(V, 1f).div(e.add(1f));
      FloatVector slope = s.mul(z.fma(e.mul(s), FloatVector.broadcast(V, 1f))); // NaN by z
      slope = slope.blend(0f, v.compare(VectorOperators.LT, LOW));
      slope.mul(FloatVector.fromArray(V, dy, dyOff + i)).intoArray(dx, dxOff + i);
    }
  }
}
