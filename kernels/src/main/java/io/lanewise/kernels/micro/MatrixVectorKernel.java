package io.lanewise.kernels.micro;

/**
 * Matrix by vector: each element of the result is one chain of fused multiply-adds in the order of
 * k, as in {@link MicroKernel}, so both give the same bits. The matrix is read once, where it lies.
 */
public interface MatrixVectorKernel {
  /** Results of a panel of a packed matrix. */
  int PANEL = 32;

  /**
   * {@code y[i] += Σ over p < k of a[i][p] · x[p]}.
   *
   * @param a [m][k] from {@code aOff} with rows {@code lda} apart, read
   * @param x [k] from {@code xOff}, read
   * @param y [m] from {@code yOff}, added to
   */
  void rows(int m, int k, float[] a, int aOff, int lda, float[] x, int xOff, float[] y, int yOff);

  /**
   * {@code y[j] += Σ over p < k of x[p] · b[p][j]}.
   *
   * @param x [k] from {@code xOff}, read
   * @param b [k][n] from {@code bOff} with rows {@code ldb} apart, read
   * @param y [n] from {@code yOff}, added to
   */
  void columns(
      int k, int n, float[] x, int xOff, float[] b, int bOff, int ldb, float[] y, int yOff);

  /**
   * {@code y[j] += Σ over p < k of x[p] · b[j / 32][p][j % 32]}.
   *
   * @param panels how many, of {@value #PANEL} results each
   * @param x [k] from {@code xOff}, read
   * @param b [panels][k][32] from {@code bOff}, read
   * @param y [panels · 32] from {@code yOff}, added to
   */
  void panels(int panels, int k, float[] x, int xOff, float[] b, int bOff, float[] y, int yOff);
}
