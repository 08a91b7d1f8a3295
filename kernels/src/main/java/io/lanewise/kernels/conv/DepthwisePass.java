package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.DepthwiseKernel;
import io.lanewise.kernels.shape.ConvShape;

/**
 * A depthwise convolution of one channels-last image into outputs at any distance: the forward
 * pass, or those inputs whose gradients use the same taps. Taps outside the image are left out.
 * Four rows of outputs are computed together, so that they share their inputs in registers, and a
 * block of channels at a time, so that neighbouring columns share theirs in L1.
 *
 * <p>Stores that cross a cache line are slow where the line is not in L1: 27 to 33 ns for four
 * vectors of 3 x 3, 15 where none does. A large Java array begins 16 bytes past a line, so where
 * inputs and outputs lie side by side and are whole vectors, a vector begins {@link #shift}
 * channels late and ends in the next pixel. Weights and start repeat their first channels at their
 * end for it.
 */
final class DepthwisePass {
  /** Channels that weights and start repeat. */
  static final int WRAP = 16;

  /** Rows of outputs that are computed together. */
  static final int ROWS = 4;

  private static final int BLOCK_CHANNELS = 192;
  private static final int HEADER_FLOATS = 4; // of an array, past a cache line
  private static final int FEW_PIXELS = 6; // not worth the shift

  private final DepthwiseKernel kernel;
  private final DepthwiseAxis rows;
  private final DepthwiseAxis columns;
  private final int channels;
  private final int block;
  private final int wOff;
  private final int wRowStep;
  private final int wStep;
  private final int yRowStep;
  private final int yStep;
  private final int insideTop;
  private final int endTop;
  private final int insideLeft;
  private final int endLeft;

  /**
   * Decides the blocks.
   *
   * @param channels of a pixel of x and of y
   * @param wOff the weights of tap 0 in row 0, which are followed by {@link #WRAP} repeated ones
   * @param yStep distance of neighbouring outputs
   */
  DepthwisePass(
      DepthwiseKernel kernel,
      DepthwiseAxis rows,
      DepthwiseAxis columns,
      int channels,
      int wOff,
      int wRowStep,
      int wStep,
      int yRowStep,
      int yStep) {
    this.kernel = kernel;
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    int blocks = Math.ceilDiv(channels, BLOCK_CHANNELS);
    this.block = Math.ceilDiv(Math.ceilDiv(channels, blocks), WRAP) * WRAP;
    this.wOff = wOff;
    this.wRowStep = wRowStep;
    this.wStep = wStep;
    this.yRowStep = yRowStep;
    this.yStep = yStep;
    this.insideTop = rows.insideAll();
    this.endTop = rows.endAll();
    this.insideLeft = columns.insideAll();
    this.endLeft = columns.endAll();
  }

  /** The forward pass of a shape, over images one after the other in x and y. */
  static DepthwisePass forward(ConvShape s, DepthwiseKernel kernel) {
    DepthwiseAxis rows =
        new DepthwiseAxis(s.oh(), s.kh(), s.strideH(), s.dilationH(), -s.padding().top(), s.ih());
    DepthwiseAxis columns =
        new DepthwiseAxis(s.ow(), s.kw(), s.strideW(), s.dilationW(), -s.padding().left(), s.iw());
    int oc = s.oc();
    int wStep = DepthwiseWeights.step(oc);
    return new DepthwisePass(kernel, rows, columns, oc, 0, s.kw() * wStep, wStep, s.ow() * oc, oc);
  }

  /** Rows of outputs. */
  int rows() {
    return rows.out();
  }

  /** The first row of outputs with all taps of a window inside. */
  int insideTop() {
    return insideTop;
  }

  /**
   * Computes the rows [from, end) of outputs.
   *
   * @param x [rows.in][columns.in][channels] from {@code xOff}, read
   * @param w weights, read
   * @param s what each output begins with: channels + {@link #WRAP} from {@code sOff}, read
   * @param y output 0 of row 0 from {@code yOff}, written
   */
  void run(
      int from, int end, float[] x, int xOff, float[] w, float[] s, int sOff, float[] y, int yOff) {
    int r = from;
    while (r < end) {
      boolean inside = r >= insideTop && r < endTop;
      int count = inside ? Math.min(ROWS, Math.min(end, endTop) - r) : 1;
      for (int c = 0; c < channels; c += block) {
        int here = Math.min(block, channels - c);
        border(r, count, 0, insideLeft, c, here, x, xOff, w, s, sOff, y, yOff);
        inside(r, count, c, here, x, xOff, w, s, sOff, y, yOff);
        border(r, count, endLeft, columns.out(), c, here, x, xOff, w, s, sOff, y, yOff);
      }
      r += count;
    }
  }

  /** Outputs some of whose taps are outside, column by column. */
  private void border(
      int r,
      int count,
      int from,
      int end,
      int c,
      int here,
      float[] x,
      int xOff,
      float[] w,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    for (int i = from; i < end; i++) {
      int tap = columns.firstTap(i);
      int taps = columns.endTap(i) - tap;
      outputs(r, count, i, 1, tap, taps, c, here, x, xOff, w, s, sOff, y, yOff);
    }
  }

  /** Outputs all of whose taps in a row are inside. */
  private void inside(
      int r,
      int count,
      int c,
      int here,
      float[] x,
      int xOff,
      float[] w,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    int pixels = endLeft - insideLeft;
    int taps = columns.taps();
    int shift = pixels < FEW_PIXELS ? 0 : shift(yOff);
    if (shift == 0) {
      outputs(r, count, insideLeft, pixels, 0, taps, c, here, x, xOff, w, s, sOff, y, yOff);
      return;
    }
    int late = c + shift;
    outputs(r, count, insideLeft, pixels - 1, 0, taps, late, here, x, xOff, w, s, sOff, y, yOff);
    outputs(r, count, endLeft - 1, 1, 0, taps, c, here, x, xOff, w, s, sOff, y, yOff);
    if (c == 0) {
      outputs(r, count, insideLeft, 1, 0, taps, 0, WRAP, x, xOff, w, s, sOff, y, yOff);
    }
  }

  /** Channels from a pixel's first to the first that lies at the beginning of a cache line. */
  private int shift(int yOff) {
    // A vector that ends in the next output reads the next input for it: the stride must be 1.
    boolean sideBySide = yStep == channels && columns.stride() == 1;
    boolean whole = channels % WRAP == 0 && yRowStep % WRAP == 0;
    return sideBySide && whole ? Math.floorMod(-HEADER_FLOATS - yOff, WRAP) : 0;
  }

  /** Some columns of some rows, by the taps [tap, tap + taps) of the window's rows inside. */
  private void outputs(
      int r,
      int count,
      int i,
      int pixels,
      int tap,
      int taps,
      int c,
      int here,
      float[] x,
      int xOff,
      float[] w,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    int to = yOff + r * yRowStep + i * yStep + c;
    int row = rows.firstTap(r);
    int windowRows = rows.endTap(r) - row;
    if (windowRows <= 0 || taps <= 0) {
      for (int j = 0; j < count * pixels; j++) {
        int at = to + j / pixels * yRowStep + j % pixels * yStep;
        System.arraycopy(s, sOff + c, y, at, here);
      }
      return;
    }
    int xRow = columns.in() * channels;
    int top = r * rows.stride() + row * rows.dilation() + rows.first();
    int left = i * columns.stride() + tap * columns.dilation() + columns.first();
    kernel.run(
        windowRows,
        taps,
        count,
        pixels,
        here,
        x,
        xOff + top * xRow + left * channels + c,
        rows.dilation() * xRow,
        columns.dilation() * channels,
        rows.stride() * xRow,
        columns.stride() * channels,
        w,
        wOff + row * wRowStep + tap * wStep + c,
        wRowStep,
        wStep,
        s,
        sOff + c,
        y,
        to,
        yRowStep,
        yStep);
  }
}
