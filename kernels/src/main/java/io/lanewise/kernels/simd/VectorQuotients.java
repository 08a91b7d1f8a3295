package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elements over one number. A quotient of 512 bits takes 16 cycles, and no two overlap. The product
 * with the inverse, corrected twice by the remainder, has the same bits: the inverse is the nearest
 * float to it, the first correction is within an ulp, and from there the second one rounds as the
 * quotient is rounded (Markstein, Computation of elementary functions on the IBM RISC System/6000
 * processor, IBM Journal of Research and Development 34(1), 1990).
 */
final class VectorQuotients {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  /** Between these no step of the corrections overflows, or leaves the normal floats. */
  static final float TINY = 0x1p-60f;

  static final float HUGE = 0x1p60f;

  /**
   * Elements below which plain quotients do: a network's global average is called so rarely that C2
   * comes to it after hundreds of runs, and until then each step here makes objects.
   */
  private static final int FEW = 4096;

  private VectorQuotients() {}

  /** The inverse of a power of two, a product with which is rounded as the quotient; or NaN. */
  static float exactInverse(float divisor) {
    boolean power = divisor == Math.scalb(1f, Math.getExponent(divisor));
    return power && divisor > TINY && divisor < HUGE ? 1 / divisor : Float.NaN;
  }

  /** {@code y = y / divisor}, which is positive. */
  static void divide(float[] y, int yOff, int n, float divisor) {
    int whole = n < FEW ? 0 : V.loopBound(n);
    if (divisor > TINY && divisor < HUGE) {
      correct(y, yOff, whole, divisor, 1 / divisor);
    } else {
      whole = 0;
    }
    for (int i = yOff + whole; i < yOff + n; i++) {
      y[i] /= divisor;
    }
  }

  private static void correct(float[] y, int yOff, int n, float divisor, float inverse) {
    for (int i = yOff; i < yOff + n; i += L) {
      FloatVector v = FloatVector.fromArray(V, y, i);
      FloatVector size = v.abs();
      VectorMask<Float> middling =
          size.compare(VectorOperators.LT, HUGE).and(size.compare(VectorOperators.GT, TINY));
      if (middling.or(size.compare(VectorOperators.EQ, 0f)).allTrue()) {
        FloatVector minus = FloatVector.broadcast(V, -divisor);
        FloatVector by = FloatVector.broadcast(V, inverse);
        FloatVector q0 = v.mul(inverse);
        FloatVector q1 = minus.fma(q0, v).fma(by, q0);
        minus.fma(q1, v).fma(by, q1).intoArray(y, i);
      } else {
        v.div(divisor).intoArray(y, i);
      }
    }
  }
}
