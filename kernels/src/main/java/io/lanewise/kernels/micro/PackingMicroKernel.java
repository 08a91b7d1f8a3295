package io.lanewise.kernels.micro;

/**
 * A {@link MicroKernel} that reads B where it lies and leaves the panel packed for the tiles that
 * follow: the copy costs two stores a step, while reading waits for the far cache anyway.
 */
public interface PackingMicroKernel {
  /** Rows of the tile. */
  int mr();

  /** Columns of the tile, as many as the other tiles have. */
  int nr();

  /**
   * Computes {@code c[i][j] = s[i][j] + Σ over p < k of a[i][p] · b[p][j]} and {@code panel[p][j] =
   * b[p][j]}.
   *
   * @param k length of the sums, at least 0
   * @param a [mr][k] from {@code aOff} with rows {@code lda} apart, read
   * @param b [k][nr] from {@code bOff} with rows {@code ldb} apart, read
   * @param panel [k][nr] from {@code panelOff}, written
   * @param s [mr][nr] from {@code sOff} with rows {@code lds} apart, read; may be c
   * @param c [mr][nr] from {@code cOff} with rows {@code ldc} apart, written
   */
  void run(
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int ldb,
      float[] panel,
      int panelOff,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc);
}
