package io.lanewise.kernels.micro;

/** Windows over the plane of one channel; lanes lie on columns of outputs. */
public interface PlaneKernel {
  /** Outputs that are computed at once. */
  int lanes();

  /**
   * Copies rows: {@code y[r][i] = x[r][i]} for i < n, in the order of r. The floats of y behind a
   * row, up to a multiple of {@link #lanes}, may become zeros.
   *
   * @param x rows from {@code xOff + r·ldx}, read
   * @param y rows from {@code yOff + r·ldy}, written
   */
  void pad(int rows, int n, float[] x, int xOff, int ldx, float[] y, int yOff, int ldy);

  /**
   * Computes {@code y[o][i] = start + Σ over r < rows, t < columns.length of w[r][t] ·
   * x[o][i][r][t]}, one chain of fused multiply-adds in the order of r and t. Of x, up to lanes
   * floats before and 2 lanes behind what is needed are read; of y, up to lanes behind the last row
   * become anything, and behind the others unless the next row is there.
   *
   * @param rows rows of the window, at least 1
   * @param columns where the taps of a row lie, at least one
   * @param outRows rows of outputs o
   * @param n outputs i of a row
   * @param x tap t in row r of output i in row o at {@code xOff + o·outRowStep + i + r·rowStep +
   *     columns[t]}, read
   * @param w tap t in row r at {@code wOff + r·columns.length + t}, read
   * @param y output i of row o at {@code yOff + o·ldy + i}, written
   */
  void run(
      int rows,
      int[] columns,
      int outRows,
      int n,
      float[] x,
      int xOff,
      int rowStep,
      int outRowStep,
      float[] w,
      int wOff,
      float start,
      float[] y,
      int yOff,
      int ldy);
}
