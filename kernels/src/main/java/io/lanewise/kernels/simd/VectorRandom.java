package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.RandomKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanes on elements; of the generator, on blocks, a long for each 32-bit word, because its products
 * have 64 bits. Ends of rows go to {@code scalar}.
 */
final class VectorRandom implements RandomKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, V.vectorShape());
  private static final int L = V.length();
  private static final VectorSpecies<Long> W = VectorSpecies.of(long.class, V.vectorShape());
  private static final int B = W.length(); // blocks side by side; divides BLOCKS
  // As many ints as longs.
  private static final VectorSpecies<Integer> H =
      VectorSpecies.of(int.class, VectorShape.forBitSize(B * Integer.SIZE));
  private static final long LOW = 0xFFFFFFFFL;
  private static final int UNUSED_BITS = 8;

  private final RandomKernels scalar;

  VectorRandom(RandomKernels scalar) {
    this.scalar = scalar;
  }

  @Override
  public void words(long seed, long step, long group, int groups, int[] words) {
    for (int g = 0; g < groups; g++) {
      for (int lane = 0; lane < BLOCKS; lane += B) {
        blocks(seed, step, (group + g) * BLOCKS + lane, words, g * GROUP + lane);
      }
    }
  }

  /**
   * The four words of each of B blocks, a long a word: only its lower half counts, the upper one is
   * left as it comes. C2 makes one instruction of a product whose factors are both masked (JDK 24
   * on). Receivers are made in the round that uses them: see ADR 6.
   */
  private static void blocks(long seed, long step, long counter, int[] words, int at) {
    LongVector c0 = LongVector.broadcast(W, counter).addIndex(1);
    LongVector c1 = LongVector.broadcast(W, counter).addIndex(1).lanewise(VectorOperators.LSHR, 32);
    LongVector c2 = LongVector.broadcast(W, step);
    LongVector c3 = LongVector.broadcast(W, step >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      LongVector low = LongVector.broadcast(W, LOW);
      LongVector p0 = low.and(c0).mul(LongVector.broadcast(W, M0).and(low));
      LongVector p1 = low.and(c2).mul(LongVector.broadcast(W, M1).and(low));
      c0 =
          p1.lanewise(VectorOperators.LSHR, 32)
              .lanewise(VectorOperators.XOR, c1)
              .lanewise(VectorOperators.XOR, (long) k0);
      c1 = p1;
      c2 =
          p0.lanewise(VectorOperators.LSHR, 32)
              .lanewise(VectorOperators.XOR, c3)
              .lanewise(VectorOperators.XOR, (long) k1);
      c3 = p0;
      k0 += W0;
      k1 += W1;
    }
    LongVector none = LongVector.zero(W);
    IntVector w0 = none.or(c0).convertShape(VectorOperators.L2I, H, 0).reinterpretAsInts();
    IntVector w1 = none.or(c1).convertShape(VectorOperators.L2I, H, 0).reinterpretAsInts();
    IntVector w2 = none.or(c2).convertShape(VectorOperators.L2I, H, 0).reinterpretAsInts();
    IntVector w3 = none.or(c3).convertShape(VectorOperators.L2I, H, 0).reinterpretAsInts();
    w0.intoArray(words, at);
    w1.intoArray(words, at + BLOCKS);
    w2.intoArray(words, at + 2 * BLOCKS);
    w3.intoArray(words, at + 3 * BLOCKS);
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
