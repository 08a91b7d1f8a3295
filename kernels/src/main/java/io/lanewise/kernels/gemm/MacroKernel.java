package io.lanewise.kernels.gemm;

import io.lanewise.kernels.micro.MicroKernel;

/**
 * The two innermost loops over register tiles, jr and ir: what every algorithm that multiplies
 * packed panels shares.
 */
public final class MacroKernel {
  private final MicroKernel kernel;
  private final int mr;
  private final int nr;

  /** Runs {@code kernel} on each tile. */
  public MacroKernel(MicroKernel kernel) {
    this.kernel = kernel;
    this.mr = kernel.mr();
    this.nr = kernel.nr();
  }

  /** Scratch floats of one call: a register tile for the borders. */
  public int scratchFloats() {
    return mr * nr;
  }

  /**
   * Computes {@code C[m x n] += A·B} over {@code kc} steps.
   *
   * @param a [ceil(m / mr)][kc][mr] from {@code aOff}, read
   * @param b [ceil(n / nr)][kc][nr] from {@code bOff}, read
   * @param c [m][n] from {@code cOff} with rows {@code ldc} apart, added to
   * @param tile {@link #scratchFloats()} from {@code tileOff}, overwritten
   */
  public void run(
      int m,
      int n,
      int kc,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] c,
      int cOff,
      int ldc,
      float[] tile,
      int tileOff) {
    if (kc == 0) {
      return;
    }
    for (int jr = 0; jr < n; jr += nr) { // a panel of B stays in L1 ...
      for (int ir = 0; ir < m; ir += mr) { // ... while A's panels come from L2
        int rows = Math.min(mr, m - ir);
        int columns = Math.min(nr, n - jr);
        int at = cOff + ir * ldc + jr;
        if (rows == mr && columns == nr) {
          kernel.run(kc, a, aOff + ir * kc, b, bOff + jr * kc, c, at, ldc);
        } else {
          // Borders: a full tile in scratch memory, of which the corner that exists goes back.
          copyCorner(rows, columns, c, at, ldc, tile, tileOff, nr);
          kernel.run(kc, a, aOff + ir * kc, b, bOff + jr * kc, tile, tileOff, nr);
          copyCorner(rows, columns, tile, tileOff, nr, c, at, ldc);
        }
      }
    }
  }

  private static void copyCorner(
      int rows,
      int columns,
      float[] src,
      int srcOff,
      int srcLd,
      float[] dst,
      int dstOff,
      int dstLd) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(src, srcOff + i * srcLd, dst, dstOff + i * dstLd, columns);
    }
  }
}
