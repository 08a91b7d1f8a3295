package io.lanewise.kernels.micro;

/**
 * Random bits that follow from a seed, a step and a position alone, and what dropout does with
 * them. Every implementation gives the same bits.
 *
 * <p>The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw, Parallel Random Numbers: As Easy
 * as 1, 2, 3, SC 2011, §3.3). The seed is its key, low word first; the last two words of its
 * counter are the step. Positions come in groups of {@value #GROUP}, so that words lie where
 * vectors want them: position p of group g = p / 64 has word p % 64 / 16 of the block whose first
 * two counter words are 16 · g + p % 16.
 */
public interface RandomKernels {
  /** Positions of a group. */
  int GROUP = 64;

  /** Blocks of a group: each gives four words. */
  int BLOCKS = 16;

  /** Rounds of the generator. */
  int ROUNDS = 10;

  /** Multiplies the first word of a counter. */
  long M0 = 0xD2511F53L;

  /** Multiplies the third word of a counter. */
  long M1 = 0xCD9E8D57L;

  /** Added to the key's first word after each round. */
  int W0 = 0x9E3779B9;

  /** Added to the key's second word after each round. */
  int W1 = 0xBB67AE85;

  /**
   * The words of groups [group, group + groups).
   *
   * @param words [groups][{@value #GROUP}] from 0, written
   */
  void words(long seed, long step, long group, int groups, int[] words);

  /**
   * {@code y[i] = keep ? fma(x[i], scale, shift) : dropped}, keeping where the upper 24 bits of
   * words[i], as a number, are at least {@code threshold}; for i below n. y may be x.
   */
  void keep(
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
      int n);
}
