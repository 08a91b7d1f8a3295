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
   * @param piece taps of a call at most
   * @param ocg output channels of the weights that a call multiplies by
   * @param oc output channels of a pixel of y
   */
  PanelProduct(
      MacroKernel macro, Ending ending, int taps, int piece, int ocg, int oc, int mostRows) {
    this.macro = macro;
    this.ending = ending;
    this.taps = taps;
    this.oc = oc;
    int nr = macro.nr();
    int panels = Math.ceilDiv(ocg, nr);
    int few = Math.clamp(Ending.MOST_SUMS / mostRows / nr, 1, panels);
    this.waiting = (piece < taps ? panels : few) * nr; // all wait for the last piece
    this.scratch = Math.addExact(macro.scratchFloats(), Math.multiplyExact(mostRows, waiting));
  }

  /** Scratch floats of a call. */
  int scratchFloats() {
    return scratch;
  }

  /**
   * Computes {@code y = f(a · w + bias + residual)}, or goes on with it: {@code steps} taps from
   * {@code tap} on. The calls for a block's pieces, in order of the taps, come one after the other,
   * with the same arguments but {@code a}.
   *
   * @param first whether these taps are the first, so that sums start from the bias
   * @param last whether they are the last
   * @param a rows of the piece's taps from {@code aOff}, {@code lda} apart, read
   * @param w panels of {@code n} columns and all taps from {@code panel}, read
   * @param bias [n] from {@code biasOff}, read
   * @param r residual [m][n] from {@code rOff}, rows {@code oc} apart, read; null for none
   * @param y [m][n] from {@code yOff}, rows {@code oc} apart, written
   * @param own {@link #scratchFloats} from {@code ownOff}, overwritten
   */
  void run(
      int tap,
      int steps,
      boolean first,
      boolean last,
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
    int nr = macro.nr();
    boolean wait = r != null;
    int most = wait ? waiting : n;
    int j = 0;
    do {
      int columns = Math.min(most, n - j);
      float[] c = wait ? own : y;
      int cOff = wait ? ownOff + macro.scratchFloats() : yOff;
      int ldc = wait ? columns : oc;
      macro.run(
          m,
          columns,
          steps,
          a,
          aOff,
          lda,
          w,
          panel + j * taps + tap * nr,
          taps * nr,
          first ? bias : c,
          first ? biasOff + j : cOff,
          first ? 0 : ldc,
          c,
          cOff,
          ldc,
          own,
          ownOff);
      if (last) {
        ending.run(f, m, columns, r, rOff + j, c, cOff, ldc, y, yOff + j, oc);
      }
      j += columns;
    } while (j < n);
  }
}
