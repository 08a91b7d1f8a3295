package io.lanewise.kernels.simd;

import static io.lanewise.kernels.micro.ExpConstants.C2;
import static io.lanewise.kernels.micro.ExpConstants.C3;
import static io.lanewise.kernels.micro.ExpConstants.C4;
import static io.lanewise.kernels.micro.ExpConstants.C5;
import static io.lanewise.kernels.micro.ExpConstants.C6;
import static io.lanewise.kernels.micro.ExpConstants.C7;
import static io.lanewise.kernels.micro.ExpConstants.LOG2E;
import static io.lanewise.kernels.micro.ExpConstants.LOW;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_HIGH;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_LOW;
import static io.lanewise.kernels.micro.ExpConstants.ROUND;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * softmax's exponential of what is at most 0, over whole vectors, step by step as {@code
 * ScalarMath} computes it: same operations, same order, same bits. The power of two is a factor, so
 * that a NaN stays one; it and the product are normal floats above LOW, where nothing is rounded.
 */
final class VectorMath {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int ONE = Float.floatToRawIntBits(1f);

  private VectorMath() {}

  /** dst = e^(src - shift); {@code n} is a multiple of the lanes. */
  static void exp(float[] src, int srcOff, float shift, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i).sub(shift);
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
      FloatVector scale =
          t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE).reinterpretAsFloats();
      FloatVector y = p.mul(scale).blend(0f, x.compare(VectorOperators.LT, LOW));
      y.intoArray(dst, dstOff + i);
    }
  }

  /**
   * Whole vectors of dst = e^(src - shift), and dst's sum with what lies behind them. On 16 lanes,
   * so that each has one of the partial sums.
   */
  static float expAndSum(float[] src, int srcOff, float shift, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    FloatVector s = FloatVector.zero(V);
    for (int i = 0; i < whole; i += L) {
      FloatVector x = FloatVector.fromArray(V, src, srcOff + i).sub(shift);
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
      FloatVector scale =
          t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE).reinterpretAsFloats();
      FloatVector y = p.mul(scale).blend(0f, x.compare(VectorOperators.LT, LOW));
      y.intoArray(dst, dstOff + i);
      s = y.add(s);
    }
    s = FloatVector.zero(V).add(s);
    int at = dstOff + whole;
    int end = dstOff + n;
    float sum = 0;
    sum += VectorElementwise.plus(s.lane(0), dst, at, end);
    sum += VectorElementwise.plus(s.lane(1), dst, at + 1, end);
    sum += VectorElementwise.plus(s.lane(2), dst, at + 2, end);
    sum += VectorElementwise.plus(s.lane(3), dst, at + 3, end);
    sum += VectorElementwise.plus(s.lane(4), dst, at + 4, end);
    sum += VectorElementwise.plus(s.lane(5), dst, at + 5, end);
    sum += VectorElementwise.plus(s.lane(6), dst, at + 6, end);
    sum += VectorElementwise.plus(s.lane(7), dst, at + 7, end);
    sum += VectorElementwise.plus(s.lane(8), dst, at + 8, end);
    sum += VectorElementwise.plus(s.lane(9), dst, at + 9, end);
    sum += VectorElementwise.plus(s.lane(10), dst, at + 10, end);
    sum += VectorElementwise.plus(s.lane(11), dst, at + 11, end);
    sum += VectorElementwise.plus(s.lane(12), dst, at + 12, end);
    sum += VectorElementwise.plus(s.lane(13), dst, at + 13, end);
    sum += VectorElementwise.plus(s.lane(14), dst, at + 14, end);
    sum += VectorElementwise.plus(s.lane(15), dst, at + 15, end);
    return sum;
  }
}
