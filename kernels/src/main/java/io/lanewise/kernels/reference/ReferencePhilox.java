package io.lanewise.kernels.reference;

/**
 * Philox4x32-10 (Salmon et al., SC 2011, §3.3), one block at a time as the article writes it, and
 * which of its words belongs to a position.
 */
public final class ReferencePhilox {
  private static final long[] MULTIPLIERS = {0xD2511F53L, 0xCD9E8D57L};
  private static final long[] WEYL = {0x9E3779B9L, 0xBB67AE85L};
  private static final long LOW = 0xFFFFFFFFL;
  private static final int ROUNDS = 10;
  private static final int GROUP = 64;
  private static final int BLOCKS = 16;

  private ReferencePhilox() {}

  /**
   * A block.
   *
   * @param counter four words
   * @param key two words
   * @return four words
   */
  public static int[] block(int[] counter, int[] key) {
    int[] c = counter.clone();
    long k0 = key[0] & LOW;
    long k1 = key[1] & LOW;
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIERS[0] * (c[0] & LOW);
      long p1 = MULTIPLIERS[1] * (c[2] & LOW);
      int[] next = {(int) ((p1 >>> 32) ^ c[1] ^ k0), (int) p1, 0, (int) p0};
      next[2] = (int) ((p0 >>> 32) ^ c[3] ^ k1);
      c = next;
      k0 += WEYL[0];
      k1 += WEYL[1];
    }
    return c;
  }

  /** The word of a position. */
  public static int word(long seed, long step, long position) {
    long block = position / GROUP * BLOCKS + position % BLOCKS;
    int[] counter = {(int) block, (int) (block >>> 32), (int) step, (int) (step >>> 32)};
    int[] key = {(int) seed, (int) (seed >>> 32)};
    return block(counter, key)[(int) (position % GROUP / BLOCKS)];
  }

  /** Uniform in [0, 1), a multiple of 2^-24. */
  public static double uniform(long seed, long step, long position) {
    return (word(seed, step, position) >>> 8) / (double) (1 << 24);
  }

  /** Standard normal: Box and Muller's transform of a block's first or last two words. */
  public static double normal(long seed, long step, long position) {
    boolean odd = position / BLOCKS % 2 == 1;
    long first = odd ? position - BLOCKS : position;
    double u = uniform(seed, step, first) + 1.0 / (1 << 24);
    double angle = 2 * Math.PI * uniform(seed, step, first + BLOCKS);
    double radius = StrictMath.sqrt(-2 * StrictMath.log(u));
    return radius * (odd ? StrictMath.sin(angle) : StrictMath.cos(angle));
  }
}
