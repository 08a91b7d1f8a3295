package io.lanewise.kernels.micro;

/**
 * One register tile of a matrix product: {@code C[mr x nr] = S + A·B}. Each element of C is one
 * chain of fused multiply-adds in the order of k that starts from S, so neither blocking nor the
 * vectors' width shows in the bits.
 *
 * <p>S is where the chains start: C itself to go on with a sum, or a bias, one row for all rows
 * ({@code lds} 0), for its first piece. A is read where it lies, row by row: a broadcast costs the
 * same from anywhere in L1, so a row-major operand need not be packed.
 */
public interface MicroKernel {
  /** How many floats are touched ahead in a step of the sum: half a cache line. */
  int AHEAD = 8;

  /** Rows of the tile. */
  int mr();

  /** Columns of the tile. */
  int nr();

  /**
   * Computes {@code c[i][j] = s[i][j] + Σ over p < k of a[i][p] · b[p][j]}.
   *
   * @param k length of the sums, at least 0
   * @param a [mr][k] from {@code aOff} with rows {@code lda} apart, read
   * @param b [k][nr] from {@code bOff}, read
   * @param s [mr][nr] from {@code sOff} with rows {@code lds} apart, read; may be c
   * @param c [mr][nr] from {@code cOff} with rows {@code ldc} apart, written
   * @param ahead what the caller reads next, {@value #AHEAD} · k floats from {@code aheadOff}: a
   *     kernel may touch it so that it comes from a far cache meanwhile; changes no result
   * @param sink k floats from {@code sinkOff}, overwritten by such a kernel
   */
  void run(
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] ahead,
      int aheadOff,
      float[] sink,
      int sinkOff);

  /** True if it touches what comes next, so that each tile needs a place of its own to touch. */
  default boolean touches() {
    return false;
  }

  /** How few rows keep the units busy; a tile of fewer takes as long as so many. */
  default int busyRows() {
    return 4; // two units of latency 4, two vectors a row
  }

  /**
   * {@link #run} for {@code tiles} tiles one below another, the next {@code mr} rows of A and C
   * each.
   */
  default void strip(
      int tiles,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] ahead,
      int aheadOff,
      float[] sink,
      int sinkOff) {
    for (int t = 0; t < tiles; t++) {
      int i = t * mr();
      int from = aOff + i * lda;
      int start = sOff + i * lds;
      int to = cOff + i * ldc;
      run(k, a, from, lda, b, bOff, s, start, lds, c, to, ldc, ahead, aheadOff, sink, sinkOff);
    }
  }
}
