package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.scalar.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One skeleton throughout: whole vectors up to the loop bound, then the scalar kernel, which gives
 * the same bits. Each operation's receiver was made in the same iteration: see ADR 6.
 */
final class VectorElementwise implements ElementwiseKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int SUM_LANES = 16;

  private final ElementwiseKernels tails = new ScalarKernels(true).elementwise();

  @Override
  @SuppressWarnings("ReferenceEquality") // one array, not equal ones
  public float exponentials(float[] src, int srcOff, float shift, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    if (whole == 0) {
      return tails.exponentials(src, srcOff, shift, dst, dstOff, n);
    }
    if (whole < n && src != dst) { // a last vector, of which the loop computes some again
      VectorMath.exp(src, srcOff + n - L, shift, dst, dstOff + n - L, L);
    } else if (whole < n) {
      tails.exponentials(src, srcOff + whole, shift, dst, dstOff + whole, n - whole);
    }
    if (L == SUM_LANES) {
      return VectorMath.expAndSum(src, srcOff, shift, dst, dstOff, n);
    }
    VectorMath.exp(src, srcOff, shift, dst, dstOff, whole);
    return sum(dst, dstOff, n);
  }

  @Override
  public void scale(float[] y, int yOff, int n, float factor) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(V, y, yOff + i).mul(factor).intoArray(y, yOff + i);
    }
    tails.scale(y, yOff + whole, n - whole, factor);
  }

  @Override
  public void add(float[] x, int xOff, float[] y, int yOff, int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector a = FloatVector.fromArray(V, x, xOff + i);
      FloatVector.fromArray(V, y, yOff + i).add(a).intoArray(y, yOff + i);
    }
    tails.add(x, xOff + whole, y, yOff + whole, n - whole);
  }

  @Override
  public float max(float[] x, int xOff, int n) {
    if (n < L) {
      return tails.max(x, xOff, n);
    }
    if (n < 4 * L) {
      return maxOfFew(x, xOff, n);
    }
    float best = greatest(x, xOff, n, 1);
    return Float.isNaN(best) ? tails.max(x, xOff, n) : best;
  }

  /** Of a vector at least, without the constants that the loop for more starts from: see ADR 6. */
  private static float maxOfFew(float[] x, int xOff, int n) {
    FloatVector best = FloatVector.fromArray(V, x, xOff);
    for (int next = L; next < n; next += L) {
      best = FloatVector.fromArray(V, x, xOff + Math.min(next, n - L)).max(best);
    }
    FloatVector first = FloatVector.fromArray(V, x, xOff);
    return first.max(best).reduceLanes(VectorOperators.MAX); // exact, so its order does not matter
  }

  @Override
  public int placeOfMax(float[] x, int xOff, int n) {
    float best = n < 4 * L ? Float.NaN : greatest(x, xOff, n, 1);
    return Float.isNaN(best) ? tails.placeOfMax(x, xOff, n) : place(x, xOff, n, best);
  }

  @Override
  public int placeOfMin(float[] x, int xOff, int n) {
    float best = n < 4 * L ? Float.NaN : -greatest(x, xOff, n, -1);
    return Float.isNaN(best) ? tails.placeOfMin(x, xOff, n) : place(x, xOff, n, best);
  }

  /**
   * The greatest of {@code sign · x}, at least 4 vectors, 0 of either sign for 0; NaN if an element
   * is, or if infinities may have met.
   */
  private static float greatest(float[] x, int xOff, int n, float sign) {
    FloatVector none = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
    FloatVector b0 = none;
    FloatVector b1 = none; // the other three, so that no maximum waits for another
    FloatVector b2 = none;
    FloatVector b3 = none;
    FloatVector s0 = FloatVector.zero(V); // NaN if an element is, or if infinities meet
    FloatVector s1 = FloatVector.zero(V);
    int end = n - 4 * L;
    for (int next = 0; next < end + 4 * L; next += 4 * L) {
      int at = xOff + Math.min(next, end);
      FloatVector v0 = FloatVector.fromArray(V, x, at).mul(sign);
      FloatVector v1 = FloatVector.fromArray(V, x, at + L).mul(sign);
      FloatVector v2 = FloatVector.fromArray(V, x, at + 2 * L).mul(sign);
      FloatVector v3 = FloatVector.fromArray(V, x, at + 3 * L).mul(sign);
      b0 = v0.blend(b0, v0.compare(VectorOperators.LE, b0));
      b1 = v1.blend(b1, v1.compare(VectorOperators.LE, b1));
      b2 = v2.blend(b2, v2.compare(VectorOperators.LE, b2));
      b3 = v3.blend(b3, v3.compare(VectorOperators.LE, b3));
      s0 = v0.add(v1).add(s0);
      s1 = v2.add(v3).add(s1);
    }
    FloatVector sum = FloatVector.broadcast(V, -0f).add(s0).add(s1);
    if (sum.test(VectorOperators.IS_NAN).anyTrue()) {
      return Float.NaN;
    }
    // As integers, whose extremes take one instruction: those below 0 with all bits but the sign's
    // turned are in order.
    IntVector i0 = FloatVector.broadcast(V, -0f).add(b0).reinterpretAsInts();
    IntVector i1 = FloatVector.broadcast(V, -0f).add(b1).reinterpretAsInts();
    IntVector i2 = FloatVector.broadcast(V, -0f).add(b2).reinterpretAsInts();
    IntVector i3 = FloatVector.broadcast(V, -0f).add(b3).reinterpretAsInts();
    IntVector o0 =
        i0.lanewise(VectorOperators.ASHR, 31)
            .and(Integer.MAX_VALUE)
            .lanewise(VectorOperators.XOR, i0);
    IntVector o1 =
        i1.lanewise(VectorOperators.ASHR, 31)
            .and(Integer.MAX_VALUE)
            .lanewise(VectorOperators.XOR, i1);
    IntVector o2 =
        i2.lanewise(VectorOperators.ASHR, 31)
            .and(Integer.MAX_VALUE)
            .lanewise(VectorOperators.XOR, i2);
    IntVector o3 =
        i3.lanewise(VectorOperators.ASHR, 31)
            .and(Integer.MAX_VALUE)
            .lanewise(VectorOperators.XOR, i3);
    int order = o0.max(o1).max(o2.max(o3)).reduceLanes(VectorOperators.MAX);
    return Float.intBitsToFloat(order ^ ((order >> 31) & Integer.MAX_VALUE));
  }

  /** The first element of that value, which is there, among at least L. */
  private static int place(float[] x, int xOff, int n, float value) {
    for (int next = 0; next < n; next += L) {
      int i = Math.min(next, n - L);
      var there = FloatVector.fromArray(V, x, xOff + i).compare(VectorOperators.EQ, value);
      if (there.anyTrue()) {
        return i + there.firstTrue();
      }
    }
    throw new AssertionError("there is no " + value);
  }

  @Override
  public float sum(float[] x, int xOff, int n) {
    if (n < SUM_LANES) {
      return tails.sum(x, xOff, n);
    }
    float sum = 0;
    int whole = n - n % SUM_LANES;
    int end = xOff + n;
    for (int lane = 0; lane < SUM_LANES; lane += L) {
      FloatVector s = FloatVector.zero(V);
      for (int i = lane; i < whole; i += SUM_LANES) {
        s = FloatVector.fromArray(V, x, xOff + i).add(s);
      }
      s = FloatVector.zero(V).add(s);
      int at = xOff + whole + lane;
      sum += plus(s.lane(0), x, at, end);
      sum += plus(s.lane(1), x, at + 1, end);
      sum += plus(s.lane(2), x, at + 2, end);
      sum += plus(s.lane(3), x, at + 3, end);
      if (L > 4) {
        sum += plus(s.lane(4), x, at + 4, end);
        sum += plus(s.lane(5), x, at + 5, end);
        sum += plus(s.lane(6), x, at + 6, end);
        sum += plus(s.lane(7), x, at + 7, end);
      }
      if (L > 8) {
        sum += plus(s.lane(8), x, at + 8, end);
        sum += plus(s.lane(9), x, at + 9, end);
        sum += plus(s.lane(10), x, at + 10, end);
        sum += plus(s.lane(11), x, at + 11, end);
        sum += plus(s.lane(12), x, at + 12, end);
        sum += plus(s.lane(13), x, at + 13, end);
        sum += plus(s.lane(14), x, at + 14, end);
        sum += plus(s.lane(15), x, at + 15, end);
      }
    }
    return sum;
  }

  /** A lane's sum with the element after the last whole vector that belongs to it, if any. */
  static float plus(float sum, float[] x, int at, int end) {
    return at < end ? sum + x[at] : sum;
  }
}
