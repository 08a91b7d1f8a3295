package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.RandomKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanes on blocks: a long holds a word, so that a product of two words fits. Ends go to {@code
 * rest}.
 */
final class VectorRandom implements RandomKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, V.vectorShape());
  private static final VectorSpecies<Long> D = VectorSpecies.of(long.class, V.vectorShape());
  private static final VectorSpecies<Integer> HALF =
      VectorSpecies.of(
          int.class, jdk.incubator.vector.VectorShape.forBitSize(V.vectorBitSize() / 2));
  private static final int L = V.length();
  private static final long LOW = 0xFFFFFFFFL;
  private static final int UNUSED_BITS = 8;

  private final RandomKernels rest;

  VectorRandom(RandomKernels rest) {
    this.rest = rest;
  }

  @Override
  public void words(long seed, long step, long group, int groups, int[] words) {
    for (int g = 0; g < groups; g++) {
      long first = (group + g) * BLOCKS;
      for (int lane = 0; lane < BLOCKS; lane += D.length()) {
        blocks(seed, step, first + lane, words, g * GROUP + lane);
      }
    }
  }

  private static void blocks(long seed, long step, long first, int[] words, int at) {
    // 16 blocks share the upper word: a group starts at a multiple of 16.
    LongVector c0 = LongVector.broadcast(D, first & LOW).addIndex(1);
    LongVector c1 = LongVector.broadcast(D, first >>> 32);
    LongVector c2 = LongVector.broadcast(D, step & LOW);
    LongVector c3 = LongVector.broadcast(D, step >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      LongVector p0 = LongVector.broadcast(D, LOW).and(c0).mul(LongVector.broadcast(D, M0));
      LongVector p1 = LongVector.broadcast(D, LOW).and(c2).mul(LongVector.broadcast(D, M1));
      c0 = p1.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c1);
      c0 = LongVector.broadcast(D, k0 & LOW).lanewise(VectorOperators.XOR, c0);
      c1 = LongVector.broadcast(D, LOW).and(p1);
      c2 = p0.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c3);
      c2 = LongVector.broadcast(D, k1 & LOW).lanewise(VectorOperators.XOR, c2);
      c3 = LongVector.broadcast(D, LOW).and(p0);
      k0 += W0;
      k1 += W1;
    }
    store(LongVector.zero(D).or(c0), words, at);
    store(LongVector.zero(D).or(c1), words, at + BLOCKS);
    store(LongVector.zero(D).or(c2), words, at + 2 * BLOCKS);
    store(LongVector.zero(D).or(c3), words, at + 3 * BLOCKS);
  }

  private static void store(LongVector v, int[] words, int at) {
    ((IntVector) v.convertShape(VectorOperators.L2I, HALF, 0)).intoArray(words, at);
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
    rest.keep(
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
