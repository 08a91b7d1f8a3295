package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elements over one whole number. A quotient of 512 bits takes 10 to 16 cycles, and no two overlap.
 * Here the inverse is {@code head + rest}, two floats, and {@code fma(v, head, v · rest)} has the
 * quotient's bits: the quotient of a float and a number d is at least 1/(2d) of an ulp from where
 * rounding turns, and what is rounded here is within 2^-22 of an ulp of it (Brisebarre, Muller,
 * Raina, Accelerating correctly rounded floating-point division when the divisor is known in
 * advance, IEEE Transactions on Computers 53(8), 2004, §3). The head is rounded down, so that no
 * infinities of two signs are added. Numbers so small that the product with the rest may be
 * subnormal are divided.
 */
final class VectorQuotients {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  /** The greatest divisor with an inverse in two floats. */
  private static final float MOST = 1 << 16;

  /** From here on, and of 0, products do; bits of a magnitude, twice, less 1. */
  static final int SMALL = 2 * Float.floatToRawIntBits(0x1p-60f) - 1;

  private static final float TINY = 0x1p-60f;
  private static final float HUGE = 0x1p60f;

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

  /**
   * The inverse's greater part; NaN if it has to be one float, or if the divisor is not whole or
   * too great.
   */
  static float head(float divisor) {
    if (!(divisor >= 1 && divisor <= MOST && divisor == (int) divisor)
        || !Float.isNaN(exactInverse(divisor))) {
      return Float.NaN;
    }
    float nearest = 1 / divisor;
    return (double) nearest * divisor > 1 ? Math.nextDown(nearest) : nearest;
  }

  /** What the head lacks, which is more than nothing. */
  static float rest(float divisor, float head) {
    return (float) (1.0 / divisor - head);
  }

  /** {@code y = y / divisor}, which is positive. */
  static void divide(float[] y, int yOff, int n, float divisor) {
    float head = head(divisor);
    int whole = n < FEW || Float.isNaN(head) ? 0 : V.loopBound(n);
    multiply(y, yOff, whole, divisor, head, rest(divisor, head));
    for (int i = yOff + whole; i < yOff + n; i++) {
      y[i] /= divisor;
    }
  }

  private static void multiply(float[] y, int yOff, int n, float divisor, float head, float rest) {
    for (int i = yOff; i < yOff + n; i += L) {
      FloatVector v = FloatVector.fromArray(V, y, i);
      IntVector bits = v.reinterpretAsInts();
      if (bits.add(bits).sub(1).compare(VectorOperators.ULT, SMALL).anyTrue()) {
        v.div(divisor).intoArray(y, i);
      } else {
        v.fma(FloatVector.broadcast(V, head), v.mul(rest)).intoArray(y, i);
      }
    }
  }
}
