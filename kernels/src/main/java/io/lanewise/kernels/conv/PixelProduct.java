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

  private final PanelProduct product;
  private final int mr;
  private final int ic;
  private final int oc;

  PixelProduct(ConvShape shape, Target target) {
    this.ic = shape.ic();
    this.oc = shape.oc();
    MacroKernel macro = MacroKernel.of(target, oc, shape.w().size());
    this.mr = macro.mr();
    this.product = new PanelProduct(macro, new Ending(target.kernels()), ic, ic, oc, oc, MOST_ROWS);
  }

  /** Scratch floats of a call. */
  int scratchFloats() {
    return product.scratchFloats();
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
    int each = blocks == 0 ? 1 : GemmBlocking.roundUp(Math.ceilDiv(pixels, blocks), mr);
    for (int row = 0; row < pixels; row += each) {
      int m = Math.min(each, pixels - row);
      int from = xOff + row * ic;
      int residual = rOff + row * oc;
      int to = yOff + row * oc;
      product.run(
          0, ic, true, true, m, oc, x, from, ic, w, 0, bias, biasOff, f, r, residual, y, to, own,
          scratch);
    }
  }
}
