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

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * softmax's exponential over whole vectors, step by step as {@code ScalarMath} computes it: same
 * operations, same order, same bits.
 */
final class VectorMath {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private VectorMath() {}

  /** dst = e^(src - shift); {@code n} is a multiple of the lanes. */
  static void exp(float[] src, int srcOff, float shift, float[] dst, int dstOff, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector z = FloatVector.fromArray(V, src, srcOff + i).sub(shift);
      // Java's min and max are five instructions; a comparison is false of NaN, which stays.
      VectorMask<Float> low = z.compare(VectorOperators.LT, LOW);
      FloatVector x = z.blend(LOW, low).blend(HIGH, z.compare(VectorOperators.GT, HIGH));
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
      y.blend(0f, low).intoArray(dst, dstOff + i);
    }
  }
}
