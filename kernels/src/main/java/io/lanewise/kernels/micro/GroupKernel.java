package io.lanewise.kernels.micro;

/**
 * The grouped convolution's loop: neighbouring outputs of a line, groups of n lanes side by side, n
 * being a power of two. Each output has a sum for each channel of its group, and these are added
 * last: so lanes may hold channels, whose sums move to the lanes of the outputs only once they are
 * complete.
 */
public interface GroupKernel {
  /** Floats of a pixel of a, and of an output: a multiple of n. */
  int lanes();

  /**
   * Where b, among the n · lanes floats of a tap, has the weight of a channel for an output, both
   * from 0 to n - 1, of the first group; those of the group g lie g · n floats behind.
   */
  int weight(int channel, int output);

  /**
   * With {@code t[e] = Σ over p < k of a[aOff + i · lda + at[at0 + p] + e] · b[p][weight(e, j)]},
   * computes {@code c[i][j] = s[j] + sum of t[0] to t[n - 1]} for {@code m} outputs, and the same
   * for the groups behind the first. Each t is one chain of fused multiply-adds in the order of p;
   * neighbouring ones are added in pairs, the sums of pairs again in pairs, and so on.
   *
   * @param k taps, at least 0 and fewer than 2^16
   * @param at where the taps lie, from {@code at0}
   * @param a read
   * @param lda distance of neighbours' windows
   * @param b [k][n · lanes] from {@code bOff}, below 2^30, read
   * @param s [lanes] from {@code sOff}, read
   * @param c [m][lanes] from {@code cOff} with rows {@code ldc} apart, written
   */
  void line(
      int m,
      int k,
      int[] at,
      int at0,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      float[] c,
      int cOff,
      int ldc);
}
