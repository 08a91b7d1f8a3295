package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.PanelKernel;

/** {@link PanelKernel} by copies of rows. */
final class ScalarPanels implements PanelKernel {
  @Override
  public void run(
      float[] src,
      int srcOff,
      int lds,
      int rows,
      int columns,
      int lanes,
      float[] dst,
      int dstOff,
      int panel) {
    for (int i = 0; i < rows; i++) {
      int from = srcOff + i * lds;
      int to = dstOff + i * lanes;
      int j = 0;
      for (; columns - j >= lanes; j += lanes) {
        System.arraycopy(src, from + j, dst, to, lanes);
        to += panel;
      }
      if (j < columns) {
        System.arraycopy(src, from + j, dst, to, columns - j);
        for (int lane = columns - j; lane < lanes; lane++) {
          dst[to + lane] = 0f;
        }
      }
    }
  }
}
