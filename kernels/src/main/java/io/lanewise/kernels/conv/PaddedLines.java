package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Window;
import java.util.Arrays;

/**
 * Copies of what some lines of outputs read of a channels-last image, between zeros for the
 * padding, and a table of where a window's taps lie in them. A line is a row of outputs; the rows
 * of each of a window's planes lie together: [kz][row][padded column][c].
 */
final class PaddedLines {
  private static final int LINE = 16; // floats of a cache line

  private final ConvShape shape;
  private final int left; // floats before a row's first column
  private final int inside; // floats of a row
  private final int rowFloats;
  private final int rows; // of a plane, for the most lines
  private final int[] at;

  /** For at most so many lines at a time. */
  PaddedLines(ConvShape shape, int lines) {
    this.shape = shape;
    this.left = Math.multiplyExact(shape.padding().left(), shape.ic());
    this.inside = Math.multiplyExact(shape.iw(), shape.ic());
    this.rowFloats = rowFloats(shape);
    this.rows = rows(shape, lines);
    this.at = new int[shape.reduction()];
    int icg = shape.icg();
    for (int tap = 0; tap < at.length; tap++) {
      int kx = tap / icg % shape.kw();
      int ky = tap / icg / shape.kw() % shape.kh();
      int kz = tap / icg / shape.kw() / shape.kh();
      int row = kz * rows + ky * shape.dilationH();
      at[tap] = row * rowFloats + kx * shape.dilationW() * shape.ic() + tap % icg;
    }
  }

  /** Floats of the copies for so many lines. */
  static long floats(ConvShape shape, int lines) {
    return (long) shape.kd() * rows(shape, lines) * rowFloats(shape);
  }

  private static int rows(ConvShape s, int lines) {
    int between = Math.multiplyExact(Math.max(0, lines - 1), s.strideH());
    return Math.addExact(between, Window.extent(s.kh(), s.dilationH()));
  }

  /** Whole cache lines; the columns behind the last window's are left out. */
  private static int rowFloats(ConvShape s) {
    int between = Math.multiplyExact(Math.max(0, s.ow() - 1), s.strideW());
    int columns = Math.addExact(between, Window.extent(s.kw(), s.dilationW()));
    long floats = (long) columns * s.ic();
    return Math.toIntExact(Math.ceilDiv(floats, (long) LINE) * LINE);
  }

  /**
   * Where the taps lie, in the order (kz, ky, kx, c), from the first channel of a window's corner.
   */
  int[] at() {
    return at;
  }

  /** Where the window of a line's first output begins, of a copy that begins with line 0. */
  int line(int line) {
    return line * shape.strideH() * rowFloats;
  }

  /** Distance of the windows of neighbours. */
  int step() {
    return shape.strideW() * shape.ic();
  }

  /**
   * Copies what some lines of a plane of outputs read.
   *
   * @param x [n][id][ih][iw][ic] from {@code xOff}, read
   * @param plane of outputs, counted over all images
   * @param kz0 the first of a window's planes that is copied; it lies in the image, as do the
   *     others
   * @param kz1 the first that is not
   * @param line0 the first line
   * @param dst {@link #floats} from {@code dstOff}, written
   */
  void copy(
      float[] x,
      int xOff,
      int plane,
      int kz0,
      int kz1,
      int line0,
      int lines,
      float[] dst,
      int dstOff) {
    int img = plane / shape.od();
    int front = plane % shape.od() * shape.strideD() - shape.padding().front();
    int top = line0 * shape.strideH() - shape.padding().top();
    int needed = rows(shape, lines);
    for (int kz = kz0; kz < kz1; kz++) {
      int z = img * shape.id() + front + kz * shape.dilationD();
      for (int row = 0; row < needed; row++) {
        int to = dstOff + (kz * rows + row) * rowFloats;
        int iy = top + row;
        if (iy < 0 || iy >= shape.ih()) {
          Arrays.fill(dst, to, to + rowFloats, 0f);
        } else {
          row(x, xOff + (z * shape.ih() + iy) * inside, dst, to);
        }
      }
    }
  }

  private void row(float[] x, int from, float[] dst, int to) {
    int first = Math.min(left, rowFloats);
    int count = Math.min(inside, rowFloats - first);
    Arrays.fill(dst, to, to + first, 0f);
    System.arraycopy(x, from, dst, to + first, count);
    Arrays.fill(dst, to + first + count, to + rowFloats, 0f);
  }
}
