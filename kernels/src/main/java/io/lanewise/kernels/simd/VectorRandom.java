package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.RandomKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanes on elements. The generator itself is scalar: ten rounds with eight words carried from one
 * to the next most likely leave vectors on the heap (ADR 6; not measured). Ends of rows go to
 * {@code scalar}.
 */
final class VectorRandom implements RandomKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, V.vectorShape());
  private static final int L = V.length();
  private static final int UNUSED_BITS = 8;

  private final RandomKernels scalar;

  VectorRandom(RandomKernels scalar) {
    this.scalar = scalar;
  }

  @Override
  public void words(long seed, long step, long group, int groups, int[] words) {
    scalar.words(seed, step, group, groups, words);
  }

  @Override
  public void keep(
      int[] words,
      int wordsOff,
      int threshold,
      float[] x,
      int xOff,
      float scale,
      float shift,
      float dropped,
      float[] y,
      int yOff,
      int n) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector v = FloatVector.fromArray(V, x, xOff + i);
      FloatVector kept = v.fma(FloatVector.broadcast(V, scale), FloatVector.broadcast(V, shift));
      IntVector bits = IntVector.fromArray(I, words, wordsOff + i);
      VectorMask<Integer> drops =
          bits.lanewise(VectorOperators.LSHR, UNUSED_BITS).compare(VectorOperators.LT, threshold);
      kept.blend(dropped, drops.cast(V)).intoArray(y, yOff + i);
    }
    scalar.keep(
        words,
        wordsOff + whole,
        threshold,
        x,
        xOff + whole,
        scale,
        shift,
        dropped,
        y,
        yOff + whole,
        n - whole);
  }
}
