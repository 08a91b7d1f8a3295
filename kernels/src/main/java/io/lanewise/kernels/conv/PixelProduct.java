package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;

/**
 * A 1x1 convolution of any number of neighbouring pixels, channels last, on one thread. Weights are
 * packed by {@link RowsForward}, and each sum has the order that it has there.
 */
final class PixelProduct {
  private static final int MOST_ROWS = 120;

  private final MacroKernel macro;
  private final Ending ending;
  private final int ic;
  private final int oc;
  private final int nr;
  private final int waiting; // columns of sums that wait for a residual at a time

  PixelProduct(ConvShape shape, Target target) {
    this.macro = MacroKernel.of(target, shape.oc(), shape.w().size());
    this.ending = new Ending(target.kernels());
    this.ic = shape.ic();
    this.oc = shape.oc();
    this.nr = macro.nr();
    int panels = Math.ceilDiv(oc, nr);
    this.waiting = Math.clamp(Ending.MOST_SUMS / MOST_ROWS / nr, 1, panels) * nr;
  }

  /** Scratch floats of a call. */
  int scratchFloats() {
    return macro.scratchFloats() + MOST_ROWS * waiting;
  }

  /**
   * Computes {@code y = f(x · w + bias + residual)}.
   *
   * @param x [pixels][ic] from {@code xOff}, read
   * @param bias [oc] from {@code biasOff}, read
   * @param r residual [pixels][oc] from {@code rOff}, read; null for none
   * @param y [pixels][oc] from {@code yOff}, written
   * @param own {@link #scratchFloats} from {@code scratch}, overwritten
   */
  void run(
      int pixels,
      float[] x,
      int xOff,
      float[] w,
      float[] bias,
      int biasOff,
      Activation f,
      float[] r,
      int rOff,
      float[] y,
      int yOff,
      float[] own,
      int scratch) {
    int blocks = Math.ceilDiv(pixels, MOST_ROWS);
    int each = blocks == 0 ? 1 : GemmBlocking.roundUp(Math.ceilDiv(pixels, blocks), macro.mr());
    for (int row = 0; row < pixels; row += each) {
      int m = Math.min(each, pixels - row);
      int from = xOff + row * ic;
      int to = row * oc;
      if (r == null) {
        multiply(m, oc, x, from, w, 0, bias, biasOff, y, yOff + to, oc, own, scratch);
        ending.run(f, m, oc, null, 0, y, yOff + to, oc, y, yOff + to, oc);
        continue;
      }
      int sums = scratch + macro.scratchFloats();
      for (int j = 0; j < oc; j += waiting) {
        int n = Math.min(waiting, oc - j);
        multiply(m, n, x, from, w, j * ic, bias, biasOff + j, own, sums, n, own, scratch);
        ending.run(f, m, n, r, rOff + to + j, own, sums, n, y, yOff + to + j, oc);
      }
    }
  }

  private void multiply(
      int m,
      int n,
      float[] x,
      int xOff,
      float[] w,
      int panel,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff,
      int ldc,
      float[] own,
      int scratch) {
    macro.run(
        m, n, ic, x, xOff, ic, w, panel, ic * nr, bias, biasOff, 0, c, cOff, ldc, own, scratch);
  }
}
