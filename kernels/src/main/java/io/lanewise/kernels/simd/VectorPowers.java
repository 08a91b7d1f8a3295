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
import static io.lanewise.kernels.micro.PowerConstants.ABOVE;
import static io.lanewise.kernels.micro.PowerConstants.NEAR_TOP;
import static io.lanewise.kernels.micro.PowerConstants.W11;
import static io.lanewise.kernels.micro.PowerConstants.W3;
import static io.lanewise.kernels.micro.PowerConstants.W3_LOW;
import static io.lanewise.kernels.micro.PowerConstants.W5;
import static io.lanewise.kernels.micro.PowerConstants.W7;
import static io.lanewise.kernels.micro.PowerConstants.W9;

import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.BinaryCurve;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over whole vectors ({@code n} is a multiple of the lanes): fmod, mod, pow, and their
 * slopes; a method that ends in A or B has one number for that operand. Written by
 * tools/kernel-templates/write_arithmetic.py.
 */
final class VectorPowers {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorPowers() {}

  static void fmod(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      if (!a.div(b).abs().add(b.abs().mul(0f)).compare(VectorOperators.LT, 4194304f).allTrue()) {
        tails.binary(BinaryCurve.FMOD, left, leftOff + i, right, rightOff + i, dst, dstOff + i, L);
        continue;
      }
      FloatVector m = a.abs();
      FloatVector d = b.abs();
      FloatVector v = m.div(d);
      FloatVector q = v.add(8388608f).sub(8388608f);
      q = q.blend(q.sub(1f), q.compare(VectorOperators.GT, v));
      FloatVector r = q.neg().fma(d, m);
      VectorMask<Float> over = r.compare(VectorOperators.LT, 0f);
      q = q.blend(q.sub(1f), over);
      r = r.blend(r.add(d), over);
      r.blend(r.neg(), a.test(VectorOperators.IS_NEGATIVE)).intoArray(dst, dstOff + i);
    }
  }

  static void fmodA(
      float left,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      if (!a.div(b).abs().add(b.abs().mul(0f)).compare(VectorOperators.LT, 4194304f).allTrue()) {
        tails.binaryA(BinaryCurve.FMOD, left, right, rightOff + i, dst, dstOff + i, L);
        continue;
      }
      FloatVector m = a.abs();
      FloatVector d = b.abs();
      FloatVector v = m.div(d);
      FloatVector q = v.add(8388608f).sub(8388608f);
      q = q.blend(q.sub(1f), q.compare(VectorOperators.GT, v));
      FloatVector r = q.neg().fma(d, m);
      VectorMask<Float> over = r.compare(VectorOperators.LT, 0f);
      q = q.blend(q.sub(1f), over);
      r = r.blend(r.add(d), over);
      r.blend(r.neg(), a.test(VectorOperators.IS_NEGATIVE)).intoArray(dst, dstOff + i);
    }
  }

  static void fmodB(
      float[] left,
      int leftOff,
      float right,
      float[] dst,
      int dstOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      if (!a.div(b).abs().add(b.abs().mul(0f)).compare(VectorOperators.LT, 4194304f).allTrue()) {
        tails.binaryB(BinaryCurve.FMOD, left, leftOff + i, right, dst, dstOff + i, L);
        continue;
      }
      FloatVector m = a.abs();
      FloatVector d = b.abs();
      FloatVector v = m.div(d);
      FloatVector q = v.add(8388608f).sub(8388608f);
      q = q.blend(q.sub(1f), q.compare(VectorOperators.GT, v));
      FloatVector r = q.neg().fma(d, m);
      VectorMask<Float> over = r.compare(VectorOperators.LT, 0f);
      q = q.blend(q.sub(1f), over);
      r = r.blend(r.add(d), over);
      r.blend(r.neg(), a.test(VectorOperators.IS_NEGATIVE)).intoArray(dst, dstOff + i);
    }
  }

  static void fmodSlopeB(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      if (!a.div(b).abs().add(b.abs().mul(0f)).compare(VectorOperators.LT, 4194304f).allTrue()) {
        tails.slopeB(
            BinaryCurve.FMOD,
            left,
            leftOff + i,
            right,
            rightOff + i,
            dy,
            dyOff + i,
            dx,
            dxOff + i,
            L);
        continue;
      }
      FloatVector m = a.abs();
      FloatVector d = b.abs();
      FloatVector v = m.div(d);
      FloatVector q = v.add(8388608f).sub(8388608f);
      q = q.blend(q.sub(1f), q.compare(VectorOperators.GT, v));
      FloatVector r = q.neg().fma(d, m);
      VectorMask<Float> over = r.compare(VectorOperators.LT, 0f);
      q = q.blend(q.sub(1f), over);
      r = r.blend(r.add(d), over);
      q.neg().blend(q, a.div(b).test(VectorOperators.IS_NEGATIVE)).mul(g).intoArray(dx, dxOff + i);
    }
  }

  static void mod(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      if (!a.div(b).abs().add(b.abs().mul(0f)).compare(VectorOperators.LT, 4194304f).allTrue()) {
        tails.binary(BinaryCurve.MOD, left, leftOff + i, right, rightOff + i, dst, dstOff + i, L);
        continue;
      }
      FloatVector m = a.abs();
      FloatVector d = b.abs();
      FloatVector v = m.div(d);
      FloatVector q = v.add(8388608f).sub(8388608f);
      q = q.blend(q.sub(1f), q.compare(VectorOperators.GT, v));
      FloatVector r = q.neg().fma(d, m);
      VectorMask<Float> over = r.compare(VectorOperators.LT, 0f);
      q = q.blend(q.sub(1f), over);
      r = r.blend(r.add(d), over);
      FloatVector s = a.div(b);
      FloatVector d2 = b.abs().sub(r).blend(0f, r.compare(VectorOperators.EQ, 0f));
      FloatVector y = r.blend(d2, s.test(VectorOperators.IS_NEGATIVE));
      y.blend(y.neg(), b.test(VectorOperators.IS_NEGATIVE)).intoArray(dst, dstOff + i);
    }
  }

  static void modA(
      float left,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      if (!a.div(b).abs().add(b.abs().mul(0f)).compare(VectorOperators.LT, 4194304f).allTrue()) {
        tails.binaryA(BinaryCurve.MOD, left, right, rightOff + i, dst, dstOff + i, L);
        continue;
      }
      FloatVector m = a.abs();
      FloatVector d = b.abs();
      FloatVector v = m.div(d);
      FloatVector q = v.add(8388608f).sub(8388608f);
      q = q.blend(q.sub(1f), q.compare(VectorOperators.GT, v));
      FloatVector r = q.neg().fma(d, m);
      VectorMask<Float> over = r.compare(VectorOperators.LT, 0f);
      q = q.blend(q.sub(1f), over);
      r = r.blend(r.add(d), over);
      FloatVector s = a.div(b);
      FloatVector d2 = b.abs().sub(r).blend(0f, r.compare(VectorOperators.EQ, 0f));
      FloatVector y = r.blend(d2, s.test(VectorOperators.IS_NEGATIVE));
      y.blend(y.neg(), b.test(VectorOperators.IS_NEGATIVE)).intoArray(dst, dstOff + i);
    }
  }

  static void modB(
      float[] left,
      int leftOff,
      float right,
      float[] dst,
      int dstOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      if (!a.div(b).abs().add(b.abs().mul(0f)).compare(VectorOperators.LT, 4194304f).allTrue()) {
        tails.binaryB(BinaryCurve.MOD, left, leftOff + i, right, dst, dstOff + i, L);
        continue;
      }
      FloatVector m = a.abs();
      FloatVector d = b.abs();
      FloatVector v = m.div(d);
      FloatVector q = v.add(8388608f).sub(8388608f);
      q = q.blend(q.sub(1f), q.compare(VectorOperators.GT, v));
      FloatVector r = q.neg().fma(d, m);
      VectorMask<Float> over = r.compare(VectorOperators.LT, 0f);
      q = q.blend(q.sub(1f), over);
      r = r.blend(r.add(d), over);
      FloatVector s = a.div(b);
      FloatVector d2 = b.abs().sub(r).blend(0f, r.compare(VectorOperators.EQ, 0f));
      FloatVector y = r.blend(d2, s.test(VectorOperators.IS_NEGATIVE));
      y.blend(y.neg(), b.test(VectorOperators.IS_NEGATIVE)).intoArray(dst, dstOff + i);
    }
  }

  static void modSlopeB(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      if (!a.div(b).abs().add(b.abs().mul(0f)).compare(VectorOperators.LT, 4194304f).allTrue()) {
        tails.slopeB(
            BinaryCurve.MOD,
            left,
            leftOff + i,
            right,
            rightOff + i,
            dy,
            dyOff + i,
            dx,
            dxOff + i,
            L);
        continue;
      }
      FloatVector m = a.abs();
      FloatVector d = b.abs();
      FloatVector v = m.div(d);
      FloatVector q = v.add(8388608f).sub(8388608f);
      q = q.blend(q.sub(1f), q.compare(VectorOperators.GT, v));
      FloatVector r = q.neg().fma(d, m);
      VectorMask<Float> over = r.compare(VectorOperators.LT, 0f);
      q = q.blend(q.sub(1f), over);
      r = r.blend(r.add(d), over);
      FloatVector up = q.add(1f).blend(q, r.compare(VectorOperators.EQ, 0f));
      q.neg().blend(up, a.div(b).test(VectorOperators.IS_NEGATIVE)).mul(g).intoArray(dx, dxOff + i);
    }
  }

  static void pow(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      if (!a.abs().add(b.abs()).mul(0f).compare(VectorOperators.EQ, 0f).allTrue()) {
        tails.binary(BinaryCurve.POW, left, leftOff + i, right, rightOff + i, dst, dstOff + i, L);
        continue;
      }
      FloatVector m = a.abs();
      VectorMask<Float> small = m.compare(VectorOperators.LT, Float.MIN_NORMAL);
      FloatVector u = m.blend(m.mul(33554432f), small);
      FloatVector t =
          u.reinterpretAsInts()
              .sub(HALF_ROOT)
              .lanewise(VectorOperators.ASHR, 23)
              .add(ROUND_BITS)
              .reinterpretAsFloats();
      FloatVector m2 =
          u.reinterpretAsInts().sub(HALF_ROOT).and(FRACTION).add(HALF_ROOT).reinterpretAsFloats();
      FloatVector k = t.sub(FloatVector.broadcast(V, ROUND).blend(ROUND + 25f, small));
      FloatVector f = m2.sub(1f);
      FloatVector d = m2.add(1f);
      FloatVector e = m2.sub(d.sub(1f));
      FloatVector s = f.div(d);
      FloatVector c = s.neg().fma(d, f).sub(s.mul(e)).div(d);
      FloatVector z = s.mul(s);
      FloatVector y = s.fma(s, z.neg()).add(s.add(s).mul(c));
      FloatVector q = z.fma(FloatVector.broadcast(V, W11), FloatVector.broadcast(V, W9));
      q = q.fma(z, FloatVector.broadcast(V, W7));
      q = q.fma(z, FloatVector.broadcast(V, W5));
      FloatVector w = z.mul(W3);
      FloatVector v =
          z.fma(FloatVector.broadcast(V, W3), w.neg())
              .add(z.mul(z).fma(q, z.fma(FloatVector.broadcast(V, W3_LOW), y.mul(W3))));
      FloatVector g = w.add(2f);
      FloatVector b2 = FloatVector.broadcast(V, 2f).sub(g).add(w).add(v);
      FloatVector p = s.mul(g);
      FloatVector r = s.fma(g, p.neg()).add(s.fma(b2, c.mul(g)));
      FloatVector a2 = k.mul(-MINUS_LN2_HIGH);
      FloatVector h = a2.add(p);
      FloatVector l = a2.sub(h).add(p).add(k.fma(FloatVector.broadcast(V, -MINUS_LN2_LOW), r));
      FloatVector e2 = h.mul(b);
      FloatVector rest = h.fma(b, e2.neg()).add(l.mul(b));
      FloatVector c2 = e2.blend(ABOVE, e2.compare(VectorOperators.GT, ABOVE));
      c2 = c2.blend(DEEP, c2.compare(VectorOperators.LT, DEEP));
      FloatVector t2 = c2.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t2.sub(ROUND);
      FloatVector r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), c2);
      r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r2);
      r2 = r2.blend(r2.add(rest), c2.compare(VectorOperators.EQ, e2));
      FloatVector p2 = r2.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C5));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C4));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C3));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C2));
      p2 = r2.mul(r2).fma(p2, r2).add(1f);
      VectorMask<Float> deep = c2.compare(VectorOperators.LT, SCALED);
      VectorMask<Float> high = c2.compare(VectorOperators.GT, NEAR_TOP);
      FloatVector y2 =
          p2.reinterpretAsInts()
              .add(
                  t2.blend(t2.sub(1f), high)
                      .blend(t2.add(64f), deep)
                      .reinterpretAsInts()
                      .lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector y3 = y2.mul(FloatVector.broadcast(V, 1f).blend(2f, high).blend(SCALE, deep));
      y3 =
          y3.blend(
              FloatVector.broadcast(V, Float.POSITIVE_INFINITY)
                  .blend(0f, b.compare(VectorOperators.GT, 0f)),
              m.compare(VectorOperators.EQ, 0f));
      FloatVector a3 = b.abs();
      FloatVector r3 = a3.add(8388608f).sub(8388608f);
      r3 = a3.blend(r3, a3.compare(VectorOperators.LT, 8388608f));
      FloatVector n2 = r3.blend(r3.neg(), b.test(VectorOperators.IS_NEGATIVE));
      VectorMask<Float> integer = n2.compare(VectorOperators.EQ, b);
      FloatVector half = b.mul(0.5f);
      FloatVector a4 = half.abs();
      FloatVector r4 = a4.add(8388608f).sub(8388608f);
      r4 = a4.blend(r4, a4.compare(VectorOperators.LT, 8388608f));
      n2 = r4.blend(r4.neg(), half.test(VectorOperators.IS_NEGATIVE));
      y3 =
          y3.blend(
              FloatVector.broadcast(V, Float.NaN).blend(y3, integer),
              a.compare(VectorOperators.LT, 0f));
      FloatVector odd = y3.neg().blend(y3, n2.compare(VectorOperators.EQ, half));
      y3 = y3.blend(y3.blend(odd, integer), a.test(VectorOperators.IS_NEGATIVE));
      y3 = y3.blend(a.mul(a), b.compare(VectorOperators.EQ, 2f));
      y3 = y3.blend(a, b.compare(VectorOperators.EQ, 1f));
      y3.blend(1f, b.compare(VectorOperators.EQ, 0f)).intoArray(dst, dstOff + i);
    }
  }

  static void powA(
      float left,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.broadcast(V, left);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      if (!a.abs().add(b.abs()).mul(0f).compare(VectorOperators.EQ, 0f).allTrue()) {
        tails.binaryA(BinaryCurve.POW, left, right, rightOff + i, dst, dstOff + i, L);
        continue;
      }
      FloatVector m = a.abs();
      VectorMask<Float> small = m.compare(VectorOperators.LT, Float.MIN_NORMAL);
      FloatVector u = m.blend(m.mul(33554432f), small);
      FloatVector t =
          u.reinterpretAsInts()
              .sub(HALF_ROOT)
              .lanewise(VectorOperators.ASHR, 23)
              .add(ROUND_BITS)
              .reinterpretAsFloats();
      FloatVector m2 =
          u.reinterpretAsInts().sub(HALF_ROOT).and(FRACTION).add(HALF_ROOT).reinterpretAsFloats();
      FloatVector k = t.sub(FloatVector.broadcast(V, ROUND).blend(ROUND + 25f, small));
      FloatVector f = m2.sub(1f);
      FloatVector d = m2.add(1f);
      FloatVector e = m2.sub(d.sub(1f));
      FloatVector s = f.div(d);
      FloatVector c = s.neg().fma(d, f).sub(s.mul(e)).div(d);
      FloatVector z = s.mul(s);
      FloatVector y = s.fma(s, z.neg()).add(s.add(s).mul(c));
      FloatVector q = z.fma(FloatVector.broadcast(V, W11), FloatVector.broadcast(V, W9));
      q = q.fma(z, FloatVector.broadcast(V, W7));
      q = q.fma(z, FloatVector.broadcast(V, W5));
      FloatVector w = z.mul(W3);
      FloatVector v =
          z.fma(FloatVector.broadcast(V, W3), w.neg())
              .add(z.mul(z).fma(q, z.fma(FloatVector.broadcast(V, W3_LOW), y.mul(W3))));
      FloatVector g = w.add(2f);
      FloatVector b2 = FloatVector.broadcast(V, 2f).sub(g).add(w).add(v);
      FloatVector p = s.mul(g);
      FloatVector r = s.fma(g, p.neg()).add(s.fma(b2, c.mul(g)));
      FloatVector a2 = k.mul(-MINUS_LN2_HIGH);
      FloatVector h = a2.add(p);
      FloatVector l = a2.sub(h).add(p).add(k.fma(FloatVector.broadcast(V, -MINUS_LN2_LOW), r));
      FloatVector e2 = h.mul(b);
      FloatVector rest = h.fma(b, e2.neg()).add(l.mul(b));
      FloatVector c2 = e2.blend(ABOVE, e2.compare(VectorOperators.GT, ABOVE));
      c2 = c2.blend(DEEP, c2.compare(VectorOperators.LT, DEEP));
      FloatVector t2 = c2.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t2.sub(ROUND);
      FloatVector r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), c2);
      r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r2);
      r2 = r2.blend(r2.add(rest), c2.compare(VectorOperators.EQ, e2));
      FloatVector p2 = r2.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C5));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C4));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C3));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C2));
      p2 = r2.mul(r2).fma(p2, r2).add(1f);
      VectorMask<Float> deep = c2.compare(VectorOperators.LT, SCALED);
      VectorMask<Float> high = c2.compare(VectorOperators.GT, NEAR_TOP);
      FloatVector y2 =
          p2.reinterpretAsInts()
              .add(
                  t2.blend(t2.sub(1f), high)
                      .blend(t2.add(64f), deep)
                      .reinterpretAsInts()
                      .lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector y3 = y2.mul(FloatVector.broadcast(V, 1f).blend(2f, high).blend(SCALE, deep));
      y3 =
          y3.blend(
              FloatVector.broadcast(V, Float.POSITIVE_INFINITY)
                  .blend(0f, b.compare(VectorOperators.GT, 0f)),
              m.compare(VectorOperators.EQ, 0f));
      FloatVector a3 = b.abs();
      FloatVector r3 = a3.add(8388608f).sub(8388608f);
      r3 = a3.blend(r3, a3.compare(VectorOperators.LT, 8388608f));
      FloatVector n2 = r3.blend(r3.neg(), b.test(VectorOperators.IS_NEGATIVE));
      VectorMask<Float> integer = n2.compare(VectorOperators.EQ, b);
      FloatVector half = b.mul(0.5f);
      FloatVector a4 = half.abs();
      FloatVector r4 = a4.add(8388608f).sub(8388608f);
      r4 = a4.blend(r4, a4.compare(VectorOperators.LT, 8388608f));
      n2 = r4.blend(r4.neg(), half.test(VectorOperators.IS_NEGATIVE));
      y3 =
          y3.blend(
              FloatVector.broadcast(V, Float.NaN).blend(y3, integer),
              a.compare(VectorOperators.LT, 0f));
      FloatVector odd = y3.neg().blend(y3, n2.compare(VectorOperators.EQ, half));
      y3 = y3.blend(y3.blend(odd, integer), a.test(VectorOperators.IS_NEGATIVE));
      y3 = y3.blend(a.mul(a), b.compare(VectorOperators.EQ, 2f));
      y3 = y3.blend(a, b.compare(VectorOperators.EQ, 1f));
      y3.blend(1f, b.compare(VectorOperators.EQ, 0f)).intoArray(dst, dstOff + i);
    }
  }

  static void powB(
      float[] left,
      int leftOff,
      float right,
      float[] dst,
      int dstOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.broadcast(V, right);
      if (!a.abs().add(b.abs()).mul(0f).compare(VectorOperators.EQ, 0f).allTrue()) {
        tails.binaryB(BinaryCurve.POW, left, leftOff + i, right, dst, dstOff + i, L);
        continue;
      }
      FloatVector m = a.abs();
      VectorMask<Float> small = m.compare(VectorOperators.LT, Float.MIN_NORMAL);
      FloatVector u = m.blend(m.mul(33554432f), small);
      FloatVector t =
          u.reinterpretAsInts()
              .sub(HALF_ROOT)
              .lanewise(VectorOperators.ASHR, 23)
              .add(ROUND_BITS)
              .reinterpretAsFloats();
      FloatVector m2 =
          u.reinterpretAsInts().sub(HALF_ROOT).and(FRACTION).add(HALF_ROOT).reinterpretAsFloats();
      FloatVector k = t.sub(FloatVector.broadcast(V, ROUND).blend(ROUND + 25f, small));
      FloatVector f = m2.sub(1f);
      FloatVector d = m2.add(1f);
      FloatVector e = m2.sub(d.sub(1f));
      FloatVector s = f.div(d);
      FloatVector c = s.neg().fma(d, f).sub(s.mul(e)).div(d);
      FloatVector z = s.mul(s);
      FloatVector y = s.fma(s, z.neg()).add(s.add(s).mul(c));
      FloatVector q = z.fma(FloatVector.broadcast(V, W11), FloatVector.broadcast(V, W9));
      q = q.fma(z, FloatVector.broadcast(V, W7));
      q = q.fma(z, FloatVector.broadcast(V, W5));
      FloatVector w = z.mul(W3);
      FloatVector v =
          z.fma(FloatVector.broadcast(V, W3), w.neg())
              .add(z.mul(z).fma(q, z.fma(FloatVector.broadcast(V, W3_LOW), y.mul(W3))));
      FloatVector g = w.add(2f);
      FloatVector b2 = FloatVector.broadcast(V, 2f).sub(g).add(w).add(v);
      FloatVector p = s.mul(g);
      FloatVector r = s.fma(g, p.neg()).add(s.fma(b2, c.mul(g)));
      FloatVector a2 = k.mul(-MINUS_LN2_HIGH);
      FloatVector h = a2.add(p);
      FloatVector l = a2.sub(h).add(p).add(k.fma(FloatVector.broadcast(V, -MINUS_LN2_LOW), r));
      FloatVector e2 = h.mul(b);
      FloatVector rest = h.fma(b, e2.neg()).add(l.mul(b));
      FloatVector c2 = e2.blend(ABOVE, e2.compare(VectorOperators.GT, ABOVE));
      c2 = c2.blend(DEEP, c2.compare(VectorOperators.LT, DEEP));
      FloatVector t2 = c2.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t2.sub(ROUND);
      FloatVector r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), c2);
      r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r2);
      r2 = r2.blend(r2.add(rest), c2.compare(VectorOperators.EQ, e2));
      FloatVector p2 = r2.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C5));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C4));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C3));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C2));
      p2 = r2.mul(r2).fma(p2, r2).add(1f);
      VectorMask<Float> deep = c2.compare(VectorOperators.LT, SCALED);
      VectorMask<Float> high = c2.compare(VectorOperators.GT, NEAR_TOP);
      FloatVector y2 =
          p2.reinterpretAsInts()
              .add(
                  t2.blend(t2.sub(1f), high)
                      .blend(t2.add(64f), deep)
                      .reinterpretAsInts()
                      .lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector y3 = y2.mul(FloatVector.broadcast(V, 1f).blend(2f, high).blend(SCALE, deep));
      y3 =
          y3.blend(
              FloatVector.broadcast(V, Float.POSITIVE_INFINITY)
                  .blend(0f, b.compare(VectorOperators.GT, 0f)),
              m.compare(VectorOperators.EQ, 0f));
      FloatVector a3 = b.abs();
      FloatVector r3 = a3.add(8388608f).sub(8388608f);
      r3 = a3.blend(r3, a3.compare(VectorOperators.LT, 8388608f));
      FloatVector n2 = r3.blend(r3.neg(), b.test(VectorOperators.IS_NEGATIVE));
      VectorMask<Float> integer = n2.compare(VectorOperators.EQ, b);
      FloatVector half = b.mul(0.5f);
      FloatVector a4 = half.abs();
      FloatVector r4 = a4.add(8388608f).sub(8388608f);
      r4 = a4.blend(r4, a4.compare(VectorOperators.LT, 8388608f));
      n2 = r4.blend(r4.neg(), half.test(VectorOperators.IS_NEGATIVE));
      y3 =
          y3.blend(
              FloatVector.broadcast(V, Float.NaN).blend(y3, integer),
              a.compare(VectorOperators.LT, 0f));
      FloatVector odd = y3.neg().blend(y3, n2.compare(VectorOperators.EQ, half));
      y3 = y3.blend(y3.blend(odd, integer), a.test(VectorOperators.IS_NEGATIVE));
      y3 = y3.blend(a.mul(a), b.compare(VectorOperators.EQ, 2f));
      y3 = y3.blend(a, b.compare(VectorOperators.EQ, 1f));
      y3.blend(1f, b.compare(VectorOperators.EQ, 0f)).intoArray(dst, dstOff + i);
    }
  }

  static void powSlopeA(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      if (!a.abs().add(b.abs()).mul(0f).compare(VectorOperators.EQ, 0f).allTrue()) {
        tails.slopeA(
            BinaryCurve.POW,
            left,
            leftOff + i,
            right,
            rightOff + i,
            dy,
            dyOff + i,
            dx,
            dxOff + i,
            L);
        continue;
      }
      FloatVector c = b.sub(1f);
      FloatVector m = a.abs();
      VectorMask<Float> small = m.compare(VectorOperators.LT, Float.MIN_NORMAL);
      FloatVector u = m.blend(m.mul(33554432f), small);
      FloatVector t =
          u.reinterpretAsInts()
              .sub(HALF_ROOT)
              .lanewise(VectorOperators.ASHR, 23)
              .add(ROUND_BITS)
              .reinterpretAsFloats();
      FloatVector m2 =
          u.reinterpretAsInts().sub(HALF_ROOT).and(FRACTION).add(HALF_ROOT).reinterpretAsFloats();
      FloatVector k = t.sub(FloatVector.broadcast(V, ROUND).blend(ROUND + 25f, small));
      FloatVector f = m2.sub(1f);
      FloatVector d = m2.add(1f);
      FloatVector e = m2.sub(d.sub(1f));
      FloatVector s = f.div(d);
      FloatVector c2 = s.neg().fma(d, f).sub(s.mul(e)).div(d);
      FloatVector z = s.mul(s);
      FloatVector y = s.fma(s, z.neg()).add(s.add(s).mul(c2));
      FloatVector q = z.fma(FloatVector.broadcast(V, W11), FloatVector.broadcast(V, W9));
      q = q.fma(z, FloatVector.broadcast(V, W7));
      q = q.fma(z, FloatVector.broadcast(V, W5));
      FloatVector w = z.mul(W3);
      FloatVector v =
          z.fma(FloatVector.broadcast(V, W3), w.neg())
              .add(z.mul(z).fma(q, z.fma(FloatVector.broadcast(V, W3_LOW), y.mul(W3))));
      FloatVector g2 = w.add(2f);
      FloatVector b2 = FloatVector.broadcast(V, 2f).sub(g2).add(w).add(v);
      FloatVector p = s.mul(g2);
      FloatVector r = s.fma(g2, p.neg()).add(s.fma(b2, c2.mul(g2)));
      FloatVector a2 = k.mul(-MINUS_LN2_HIGH);
      FloatVector h = a2.add(p);
      FloatVector l = a2.sub(h).add(p).add(k.fma(FloatVector.broadcast(V, -MINUS_LN2_LOW), r));
      FloatVector e2 = h.mul(c);
      FloatVector rest = h.fma(c, e2.neg()).add(l.mul(c));
      FloatVector c3 = e2.blend(ABOVE, e2.compare(VectorOperators.GT, ABOVE));
      c3 = c3.blend(DEEP, c3.compare(VectorOperators.LT, DEEP));
      FloatVector t2 = c3.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t2.sub(ROUND);
      FloatVector r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), c3);
      r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r2);
      r2 = r2.blend(r2.add(rest), c3.compare(VectorOperators.EQ, e2));
      FloatVector p2 = r2.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C5));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C4));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C3));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C2));
      p2 = r2.mul(r2).fma(p2, r2).add(1f);
      VectorMask<Float> deep = c3.compare(VectorOperators.LT, SCALED);
      VectorMask<Float> high = c3.compare(VectorOperators.GT, NEAR_TOP);
      FloatVector y2 =
          p2.reinterpretAsInts()
              .add(
                  t2.blend(t2.sub(1f), high)
                      .blend(t2.add(64f), deep)
                      .reinterpretAsInts()
                      .lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector y3 = y2.mul(FloatVector.broadcast(V, 1f).blend(2f, high).blend(SCALE, deep));
      y3 =
          y3.blend(
              FloatVector.broadcast(V, Float.POSITIVE_INFINITY)
                  .blend(0f, c.compare(VectorOperators.GT, 0f)),
              m.compare(VectorOperators.EQ, 0f));
      FloatVector a3 = c.abs();
      FloatVector r3 = a3.add(8388608f).sub(8388608f);
      r3 = a3.blend(r3, a3.compare(VectorOperators.LT, 8388608f));
      FloatVector n2 = r3.blend(r3.neg(), c.test(VectorOperators.IS_NEGATIVE));
      VectorMask<Float> integer = n2.compare(VectorOperators.EQ, c);
      FloatVector half = c.mul(0.5f);
      FloatVector a4 = half.abs();
      FloatVector r4 = a4.add(8388608f).sub(8388608f);
      r4 = a4.blend(r4, a4.compare(VectorOperators.LT, 8388608f));
      n2 = r4.blend(r4.neg(), half.test(VectorOperators.IS_NEGATIVE));
      y3 =
          y3.blend(
              FloatVector.broadcast(V, Float.NaN).blend(y3, integer),
              a.compare(VectorOperators.LT, 0f));
      FloatVector odd = y3.neg().blend(y3, n2.compare(VectorOperators.EQ, half));
      y3 = y3.blend(y3.blend(odd, integer), a.test(VectorOperators.IS_NEGATIVE));
      y3 = y3.blend(a.mul(a), c.compare(VectorOperators.EQ, 2f));
      y3 = y3.blend(a, c.compare(VectorOperators.EQ, 1f));
      FloatVector y4 = y3.blend(1f, c.compare(VectorOperators.EQ, 0f));
      g.mul(b.mul(y4)).blend(0f, b.compare(VectorOperators.EQ, 0f)).intoArray(dx, dxOff + i);
    }
  }

  static void powSlopeB(
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      ArithmeticKernels tails) {
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(V, left, leftOff + i);
      FloatVector b = FloatVector.fromArray(V, right, rightOff + i);
      FloatVector g = FloatVector.fromArray(V, dy, dyOff + i);
      if (!a.abs().add(b.abs()).mul(0f).compare(VectorOperators.EQ, 0f).allTrue()) {
        tails.slopeB(
            BinaryCurve.POW,
            left,
            leftOff + i,
            right,
            rightOff + i,
            dy,
            dyOff + i,
            dx,
            dxOff + i,
            L);
        continue;
      }
      FloatVector m = a.abs();
      VectorMask<Float> small = m.compare(VectorOperators.LT, Float.MIN_NORMAL);
      FloatVector u = m.blend(m.mul(33554432f), small);
      FloatVector t =
          u.reinterpretAsInts()
              .sub(HALF_ROOT)
              .lanewise(VectorOperators.ASHR, 23)
              .add(ROUND_BITS)
              .reinterpretAsFloats();
      FloatVector m2 =
          u.reinterpretAsInts().sub(HALF_ROOT).and(FRACTION).add(HALF_ROOT).reinterpretAsFloats();
      FloatVector k = t.sub(FloatVector.broadcast(V, ROUND).blend(ROUND + 25f, small));
      FloatVector f = m2.sub(1f);
      FloatVector d = m2.add(1f);
      FloatVector e = m2.sub(d.sub(1f));
      FloatVector s = f.div(d);
      FloatVector c = s.neg().fma(d, f).sub(s.mul(e)).div(d);
      FloatVector z = s.mul(s);
      FloatVector y = s.fma(s, z.neg()).add(s.add(s).mul(c));
      FloatVector q = z.fma(FloatVector.broadcast(V, W11), FloatVector.broadcast(V, W9));
      q = q.fma(z, FloatVector.broadcast(V, W7));
      q = q.fma(z, FloatVector.broadcast(V, W5));
      FloatVector w = z.mul(W3);
      FloatVector v =
          z.fma(FloatVector.broadcast(V, W3), w.neg())
              .add(z.mul(z).fma(q, z.fma(FloatVector.broadcast(V, W3_LOW), y.mul(W3))));
      FloatVector g2 = w.add(2f);
      FloatVector b2 = FloatVector.broadcast(V, 2f).sub(g2).add(w).add(v);
      FloatVector p = s.mul(g2);
      FloatVector r = s.fma(g2, p.neg()).add(s.fma(b2, c.mul(g2)));
      FloatVector a2 = k.mul(-MINUS_LN2_HIGH);
      FloatVector h = a2.add(p);
      FloatVector l = a2.sub(h).add(p).add(k.fma(FloatVector.broadcast(V, -MINUS_LN2_LOW), r));
      FloatVector e2 = h.mul(b);
      FloatVector rest = h.fma(b, e2.neg()).add(l.mul(b));
      FloatVector c2 = e2.blend(ABOVE, e2.compare(VectorOperators.GT, ABOVE));
      c2 = c2.blend(DEEP, c2.compare(VectorOperators.LT, DEEP));
      FloatVector t2 = c2.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
      FloatVector j = t2.sub(ROUND);
      FloatVector r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), c2);
      r2 = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r2);
      r2 = r2.blend(r2.add(rest), c2.compare(VectorOperators.EQ, e2));
      FloatVector p2 = r2.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C5));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C4));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C3));
      p2 = p2.fma(r2, FloatVector.broadcast(V, C2));
      p2 = r2.mul(r2).fma(p2, r2).add(1f);
      VectorMask<Float> deep = c2.compare(VectorOperators.LT, SCALED);
      VectorMask<Float> high = c2.compare(VectorOperators.GT, NEAR_TOP);
      FloatVector y2 =
          p2.reinterpretAsInts()
              .add(
                  t2.blend(t2.sub(1f), high)
                      .blend(t2.add(64f), deep)
                      .reinterpretAsInts()
                      .lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector y3 = y2.mul(FloatVector.broadcast(V, 1f).blend(2f, high).blend(SCALE, deep));
      y3 =
          y3.blend(
              FloatVector.broadcast(V, Float.POSITIVE_INFINITY)
                  .blend(0f, b.compare(VectorOperators.GT, 0f)),
              m.compare(VectorOperators.EQ, 0f));
      FloatVector a3 = b.abs();
      FloatVector r3 = a3.add(8388608f).sub(8388608f);
      r3 = a3.blend(r3, a3.compare(VectorOperators.LT, 8388608f));
      FloatVector n2 = r3.blend(r3.neg(), b.test(VectorOperators.IS_NEGATIVE));
      VectorMask<Float> integer = n2.compare(VectorOperators.EQ, b);
      FloatVector half = b.mul(0.5f);
      FloatVector a4 = half.abs();
      FloatVector r4 = a4.add(8388608f).sub(8388608f);
      r4 = a4.blend(r4, a4.compare(VectorOperators.LT, 8388608f));
      n2 = r4.blend(r4.neg(), half.test(VectorOperators.IS_NEGATIVE));
      y3 =
          y3.blend(
              FloatVector.broadcast(V, Float.NaN).blend(y3, integer),
              a.compare(VectorOperators.LT, 0f));
      FloatVector odd = y3.neg().blend(y3, n2.compare(VectorOperators.EQ, half));
      y3 = y3.blend(y3.blend(odd, integer), a.test(VectorOperators.IS_NEGATIVE));
      y3 = y3.blend(a.mul(a), b.compare(VectorOperators.EQ, 2f));
      y3 = y3.blend(a, b.compare(VectorOperators.EQ, 1f));
      FloatVector y4 = y3.blend(1f, b.compare(VectorOperators.EQ, 0f));
      VectorMask<Float> small2 = a.compare(VectorOperators.LT, Float.MIN_NORMAL);
      FloatVector u2 = a.blend(a.mul(33554432f), small2);
      FloatVector t3 =
          u2.reinterpretAsInts()
              .sub(HALF_ROOT)
              .lanewise(VectorOperators.ASHR, 23)
              .add(ROUND_BITS)
              .reinterpretAsFloats();
      FloatVector f2 =
          u2.reinterpretAsInts()
              .sub(HALF_ROOT)
              .and(FRACTION)
              .add(HALF_ROOT)
              .reinterpretAsFloats()
              .sub(1f);
      FloatVector k2 = t3.sub(FloatVector.broadcast(V, ROUND).blend(ROUND + 25f, small2));
      FloatVector q2 = f2.fma(FloatVector.broadcast(V, G10), FloatVector.broadcast(V, G9));
      q2 = q2.fma(f2, FloatVector.broadcast(V, G8));
      q2 = q2.fma(f2, FloatVector.broadcast(V, G7));
      q2 = q2.fma(f2, FloatVector.broadcast(V, G6));
      q2 = q2.fma(f2, FloatVector.broadcast(V, G5));
      q2 = q2.fma(f2, FloatVector.broadcast(V, G4));
      q2 = q2.fma(f2, FloatVector.broadcast(V, G3));
      q2 = q2.fma(f2, FloatVector.broadcast(V, G2));
      FloatVector r5 = f2.mul(f2).fma(q2, f2);
      FloatVector y5 = k2.fma(FloatVector.broadcast(V, LN2), r5);
      y5 = y5.blend(a, a.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
      y5 = y5.blend(-Float.POSITIVE_INFINITY, a.compare(VectorOperators.EQ, 0f));
      FloatVector l2 =
          FloatVector.broadcast(V, Float.NaN).blend(y5, a.compare(VectorOperators.GE, 0f));
      FloatVector g3 = g.mul(y4.mul(l2));
      g3.blend(g3.blend(0f, b.compare(VectorOperators.GE, 0f)), a.compare(VectorOperators.EQ, 0f))
          .intoArray(dx, dxOff + i);
    }
  }
}
