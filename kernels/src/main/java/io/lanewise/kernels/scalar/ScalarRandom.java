package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.RandomKernels;

/** One counter and one element at a time. */
final class ScalarRandom implements RandomKernels {
  private static final long LOW = 0xFFFFFFFFL;
  private static final int UNUSED_BITS = 8; // a float in [0, 1) holds 24

  private final boolean fma;

  ScalarRandom(boolean fma) {
    this.fma = fma;
  }

  @Override
  public void words(long seed, long step, long group, int groups, int[] words) {
    for (int g = 0; g < groups; g++) {
      for (int lane = 0; lane < BLOCKS; lane++) {
        block(seed, step, (group + g) * BLOCKS + lane, words, g * GROUP + lane);
      }
    }
  }

  private static void block(long seed, long step, long counter, int[] words, int at) {
    int c0 = (int) counter;
    int c1 = (int) (counter >>> 32);
    int c2 = (int) step;
    int c3 = (int) (step >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    words[at] = c0;
    words[at + BLOCKS] = c1;
    words[at + 2 * BLOCKS] = c2;
    words[at + 3 * BLOCKS] = c3;
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
    for (int i = 0; i < n; i++) {
      float v = x[xOff + i];
      float kept = fma ? Math.fma(v, scale, shift) : v * scale + shift;
      y[yOff + i] = words[wordsOff + i] >>> UNUSED_BITS >= threshold ? kept : dropped;
    }
  }
}
