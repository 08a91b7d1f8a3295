package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Shows the optimising compiler, before it compiles anything, that the methods of vectors are
 * called with more than one operator. One that compiled them after sums alone would bet on sums,
 * and lose four times at each place when products come; kernels of many steps inherit these lost
 * bets from the methods within them, and with a hundred the compiler takes none any more and leaves
 * the kernel's vectors on the heap, for good (ADR 24).
 */
final class VectorPrelude {
  private static final VectorSpecies<Float> V = SimdKernels.V;

  /**
   * A method's callers are noted from some 200 calls on, once the quick compiler has come to it;
   * each kind of operator is called several times a round.
   */
  private static final int ROUNDS = 200;

  /**
   * Then until a round is so much faster than an early one: on a busy machine compilers are late.
   */
  private static final int FASTER = 3;

  private static final int EARLY = 10;
  private static final int MOST_ROUNDS = 1_000;

  private VectorPrelude() {}

  /** Once in a JVM, by the kernels' own class. */
  static void play() {
    float[] a = new float[V.length()];
    for (int i = 0; i < a.length; i++) {
      a[i] = i - 0.5f * a.length;
    }
    float[] b = new float[a.length];
    long enough = 0;
    long took = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS || (i < MOST_ROUNDS && took > enough); i++) {
      long from = System.nanoTime();
      floats(a, b);
      masks(a, b);
      bits(a, b);
      took = System.nanoTime() - from;
      enough = i == EARLY ? took / FASTER : enough;
    }
  }

  private static void floats(float[] a, float[] b) {
    FloatVector x = FloatVector.fromArray(V, a, 0);
    FloatVector y = x.add(1f).sub(x).mul(0.5f).div(x.abs().add(2f));
    y = y.min(x.neg()).max(x).fma(x, y).add(y.sub(x).mul(y).div(3f));
    y.abs().lanewise(VectorOperators.SQRT).neg().intoArray(b, 0);
  }

  private static void masks(float[] a, float[] b) {
    FloatVector x = FloatVector.fromArray(V, a, 0);
    VectorMask<Float> below = x.compare(VectorOperators.LT, 0f);
    VectorMask<Float> above = x.compare(VectorOperators.GT, x.neg());
    VectorMask<Float> odd =
        x.test(VectorOperators.IS_NAN).or(x.test(VectorOperators.IS_NEGATIVE)).and(below);
    x.blend(1f, odd).blend(x.neg(), above).intoArray(b, 0);
  }

  private static void bits(float[] a, float[] b) {
    IntVector i = FloatVector.fromArray(V, a, 0).reinterpretAsInts();
    IntVector j = i.add(1).sub(i).mul(3).lanewise(VectorOperators.LSHL, 3);
    j = j.lanewise(VectorOperators.ASHR, 1).and(i).or(j).lanewise(VectorOperators.XOR, i);
    j = j.lanewise(VectorOperators.LSHR, 2).lanewise(VectorOperators.LSHL, 1);
    j = j.min(i.neg()).max(i.not());
    j.blend(i, j.compare(VectorOperators.EQ, i)).reinterpretAsFloats().intoArray(b, 0);
  }
}
