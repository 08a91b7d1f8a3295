package io.lanewise.kernels.micro;

/**
 * Tiles of a direct convolution: neighbouring outputs of a line by some output channels. Where a
 * window's taps lie is what a table says, so windows need not be copied into rows.
 */
public interface TapKernel {
  /** Outputs of a tile. */
  int mr();

  /** Output channels of a tile. */
  int nr();

  /**
   * Computes {@code c[i][j] = s[j] + Σ over p < k of a[aOff + i · lda + at[at0 + p]] · b[p][j]} for
   * {@code tiles · mr} outputs. Each element is one chain of fused multiply-adds in the order of p
   * that starts from s.
   *
   * @param k taps, at least 0 and fewer than 2^16
   * @param at where the taps lie, from {@code at0}
   * @param a read
   * @param lda distance of neighbours' windows
   * @param b [k][nr] from {@code bOff}, below 2^30, read
   * @param s [nr] from {@code sOff}, read
   * @param c [tiles · mr][nr] from {@code cOff} with rows {@code ldc} apart, written
   */
  void strip(
      int tiles,
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
