package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.BinaryCurve;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over whole vectors ({@code n} is a multiple of the lanes): fmod, mod, and their slopes; a
 * method that ends in A or B has one number for that operand. Written by
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
}
