package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.gemm.MacroKernel;

/**
 * A block of rows times panels of packed weights, with what comes after the sums: y = f(rows · w +
 * bias + residual), on one thread. The residual may be y, so where there is one the sums of some
 * panels at a time wait in a worker's own memory.
 */
final class PanelProduct {
  private final MacroKernel macro;
  private final Ending ending;
  private final int taps;
  private final int oc;
  private final int scratch; // floats
  private final int waiting; // columns of sums at a time

  /**
   * For blocks of at most {@code mostRows} rows.
   *
   * @param taps length of a row of the product
   * @param ocg output channels of the weights that a call multiplies by
   * @param oc output channels of a pixel of y
   */
  PanelProduct(MacroKernel macro, Ending ending, int taps, int ocg, int oc, int mostRows) {
    this.macro = macro;
    this.ending = ending;
    this.taps = taps;
    this.oc = oc;
    int nr = macro.nr();
    this.waiting = Math.clamp(Ending.MOST_SUMS / mostRows / nr, 1, Math.ceilDiv(ocg, nr)) * nr;
    this.scratch = macro.scratchFloats() + mostRows * waiting;
  }

  /** Scratch floats of a call. */
  int scratchFloats() {
    return scratch;
  }

  /**
   * Computes {@code y = f(a · w + bias + residual)}.
   *
   * @param a rows of taps from {@code aOff}, {@code lda} apart, read
   * @param w panels of {@code n} columns from {@code panel}, read
   * @param bias [n] from {@code biasOff}, read
   * @param r residual [m][n] from {@code rOff}, rows {@code oc} apart, read; null for none
   * @param y [m][n] from {@code yOff}, rows {@code oc} apart, written
   * @param own {@link #scratchFloats} from {@code ownOff}, overwritten
   */
  void run(
      int m,
      int n,
      float[] a,
      int aOff,
      int lda,
      float[] w,
      int panel,
      float[] bias,
      int biasOff,
      Activation f,
      float[] r,
      int rOff,
      float[] y,
      int yOff,
      float[] own,
      int ownOff) {
    if (r == null) {
      multiply(m, n, a, aOff, lda, w, panel, bias, biasOff, y, yOff, oc, own, ownOff);
      ending.run(f, m, n, null, 0, y, yOff, oc, y, yOff, oc);
      return;
    }
    int sums = ownOff + macro.scratchFloats();
    for (int j = 0; j < n; j += waiting) {
      int columns = Math.min(waiting, n - j);
      int from = panel + j * taps;
      int channel = biasOff + j;
      multiply(m, columns, a, aOff, lda, w, from, bias, channel, own, sums, columns, own, ownOff);
      ending.run(f, m, columns, r, rOff + j, own, sums, columns, y, yOff + j, oc);
    }
  }

  private void multiply(
      int m,
      int n,
      float[] a,
      int aOff,
      int lda,
      float[] w,
      int panel,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff,
      int ldc,
      float[] own,
      int ownOff) {
    int step = taps * macro.nr();
    macro.run(
        m, n, taps, a, aOff, lda, w, panel, step, bias, biasOff, 0, c, cOff, ldc, own, ownOff);
  }
}
