package io.lanewise.kernels.gemm;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PanelKernel;
import io.lanewise.kernels.micro.TransposeKernel;
import java.util.Arrays;

/**
 * Puts the right operand of a product into panels: {@code dst[panel][p][lane]}, {@code nr} lanes a
 * panel, k steps of the sum in each; lanes past the matrix are 0, so that the micro-kernel never
 * sees a border.
 */
public final class Packing {
  private final int nr;
  private final boolean transposed;
  private final int ld;
  private final PanelKernel panels;
  private final TransposeKernel transpose;

  /**
   * Packs B, stored [k][n] or, transposed, [n][k].
   *
   * @param nr lanes of a panel
   * @param ld distance between B's rows
   */
  public Packing(int nr, boolean transposed, int ld, KernelSet kernels) {
    this.nr = nr;
    this.transposed = transposed;
    this.ld = ld;
    this.panels = kernels.panels();
    this.transpose = kernels.transpose(ld);
  }

  /**
   * Packs columns [j0, j0 + columns) and steps [p0, p0 + k) of B.
   *
   * @param src B from {@code srcOff}, read
   * @param dst [ceil(columns / nr)][k][nr] from {@code dstOff} with panels {@code panel} apart,
   *     written
   */
  public void pack(
      float[] src,
      int srcOff,
      int j0,
      int columns,
      int p0,
      int k,
      float[] dst,
      int dstOff,
      int panel) {
    if (!transposed) {
      panels.run(src, srcOff + p0 * ld + j0, ld, k, columns, nr, dst, dstOff, panel);
      return;
    }
    int to = dstOff;
    for (int j = 0; j < columns; j += nr) {
      int here = Math.min(nr, columns - j);
      if (here < nr) {
        Arrays.fill(dst, to, to + k * nr, 0f);
      }
      transpose.run(src, srcOff + (j0 + j) * ld + p0, here, k, dst, to, nr);
      to += panel;
    }
  }
}
