package io.lanewise.kernels.micro;

/** Cuts a matrix into panels of neighbouring columns; source and destination share no element. */
public interface PanelKernel {
  /**
   * {@code dst[panel][i][lane] = src[i][panel · lanes + lane]}, 0 for lanes past the last column:
   * row by row, so that a source whose rows lie far apart is read in long runs.
   *
   * @param src [rows][columns] from {@code srcOff} with rows {@code lds} apart, read
   * @param lanes of a panel
   * @param dst [ceil(columns / lanes)][rows][lanes] from {@code dstOff} with panels {@code panel}
   *     apart, written
   */
  void run(
      float[] src,
      int srcOff,
      int lds,
      int rows,
      int columns,
      int lanes,
      float[] dst,
      int dstOff,
      int panel);
}
