package io.lanewise.kernels.micro;

/**
 * One register tile of a matrix product: {@code C[mr x nr] += A·B}. Each element of C is one chain
 * of fused multiply-adds in the order of k, starting from what C holds, so neither blocking nor the
 * vectors' width shows in the bits.
 */
public interface MicroKernel {
  /** Rows of the tile. */
  int mr();

  /** Columns of the tile. */
  int nr();

  /**
   * Computes {@code c[i][j] += Σ over p < k of a[p][i] · b[p][j]}.
   *
   * @param k length of the sums, at least 1
   * @param a [k][mr] from {@code aOff}, read
   * @param b [k][nr] from {@code bOff}, read
   * @param c [mr][nr] from {@code cOff} with rows {@code ldc} apart, added to
   */
  void run(int k, float[] a, int aOff, float[] b, int bOff, float[] c, int cOff, int ldc);
}
