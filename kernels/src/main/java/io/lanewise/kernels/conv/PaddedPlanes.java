package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.PlaneKernel;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Arrays;

/**
 * Copies of what blocks of outputs read of a channels-first plane, between zeros for the padding,
 * where outputs of a row read columns side by side. What the first output's middle tap reads lies
 * at the beginning of a cache line.
 */
final class PaddedPlanes {
  private static final int LINE = 16; // floats

  private final ConvShape shape;
  private final PlaneKernel kernel;
  private final int width; // padded columns that a block reads
  private final int rowFloats;
  private final int base; // the first padded column of a block's first row
  private final int[] columns;
  private final int floats;

  /**
   * Decides where what lies.
   *
   * @param rows of outputs of a block
   * @param outputs of a block's row
   */
  PaddedPlanes(ConvShape shape, PlaneKernel kernel, int rows, int outputs) {
    this.shape = shape;
    this.kernel = kernel;
    this.width = read(outputs, 1, shape.kw(), shape.dilationW());
    int lanes = kernel.lanes();
    // Behind its last column a row may get as many zeros, while the next one is there.
    this.rowFloats = roundUp(Math.addExact(width, lanes - 1), Math.max(LINE, lanes));
    int middle = shape.kw() / 2 * shape.dilationW();
    this.base = roundUp(middle, LINE) - middle;
    int inputRows = read(rows, shape.strideH(), shape.kh(), shape.dilationH());
    long all = base + (long) inputRows * rowFloats + 2L * lanes;
    this.floats = roundUp(Math.toIntExact(all), LINE);
    this.columns = new int[shape.kw()];
    for (int t = 0; t < columns.length; t++) {
      columns[t] = t * shape.dilationW();
    }
  }

  /** Floats that a copy for one output or, along a row, so many takes at least. */
  static long leastFloats(ConvShape s, int outputs) {
    long width = outputs + (s.kw() - 1L) * s.dilationW();
    return width * ((s.kh() - 1L) * s.dilationH() + 1);
  }

  private static int roundUp(int n, int unit) {
    return Math.multiplyExact(Math.ceilDiv(n, unit), unit);
  }

  /** Inputs that so many outputs read along an axis, between the first and the last. */
  private static int read(int outputs, int stride, int taps, int dilation) {
    return Math.addExact(
        Math.multiplyExact(outputs - 1, stride),
        Math.addExact(Math.multiplyExact(taps - 1, dilation), 1));
  }

  /** Floats of a block's copy. */
  int floats() {
    return floats;
  }

  /** Distance of a copy's rows. */
  int rowFloats() {
    return rowFloats;
  }

  /** Where a copy's first row begins. */
  int base() {
    return base;
  }

  /** Where the first output's taps lie in a row. */
  int[] columns() {
    return columns;
  }

  /**
   * Copies what the outputs [oy, oy + rows) from column ox on read.
   *
   * @param x plane [ih][iw] from {@code xOff}, read
   * @param dst {@link #floats} from {@code to}, of which all that lies beside the image's columns
   *     is 0 before; the rest is written
   */
  void copy(float[] x, int xOff, int oy, int rows, int ox, float[] dst, int to) {
    int top = oy * shape.strideH() - shape.padding().top();
    int left = ox - shape.padding().left();
    int all = read(rows, shape.strideH(), shape.kh(), shape.dilationH());
    int above = Math.clamp(-top, 0, all);
    int inside = Math.clamp(shape.ih() - top, above, all) - above;
    int before = Math.clamp(-left, 0, width);
    int n = Math.clamp(shape.iw() - left, before, width) - before;
    int first = to + base;
    zero(dst, first, above);
    if (n > 0 && inside > 0) {
      int from = xOff + (top + above) * shape.iw() + left + before;
      int at = first + above * rowFloats + before;
      kernel.pad(inside, n, x, from, shape.iw(), dst, at, rowFloats);
    }
    zero(dst, first + (above + inside) * rowFloats, all - above - inside);
  }

  private void zero(float[] dst, int from, int rows) {
    if (rows > 0) {
      Arrays.fill(dst, from, from + rows * rowFloats, 0f);
    }
  }
}
