package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Window;
import java.util.Arrays;

/**
 * Copies of what some lines of outputs, or the same part of each, read of a channels-last image,
 * between zeros for the padding, and a table of where a window's taps lie in them. A line is a row
 * of outputs; the rows of each of a window's planes lie together: [kz][row][padded column][c].
 */
final class PaddedLines {
  private static final int LINE = 16; // floats of a cache line

  private final ConvShape shape;
  private final int inside; // floats of a row of x
  private final int rowFloats;
  private final int rows; // of a plane, for the most lines
  private final int[] at;

  /** For at most so many lines at a time, and so many outputs of each. */
  PaddedLines(ConvShape shape, int lines, int outputs) {
    this.shape = shape;
    this.inside = Math.multiplyExact(shape.iw(), shape.ic());
    this.rowFloats = rowFloats(shape, outputs);
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

  /** Floats of the copies for so many outputs of so many lines. */
  static long floats(ConvShape shape, int lines, int outputs) {
    return (long) shape.kd() * rows(shape, lines) * rowFloats(shape, outputs);
  }

  private static int rows(ConvShape s, int lines) {
    int between = Math.multiplyExact(Math.max(0, lines - 1), s.strideH());
    return Math.addExact(between, Window.extent(s.kh(), s.dilationH()));
  }

  /** Whole cache lines. */
  private static int rowFloats(ConvShape s, int outputs) {
    return Math.toIntExact(Math.ceilDiv(read(s, outputs), (long) LINE) * LINE);
  }

  /** Floats of a row that the windows of so many outputs read. */
  private static long read(ConvShape s, int outputs) {
    int between = Math.multiplyExact(Math.max(0, outputs - 1), s.strideW());
    int columns = Math.addExact(between, Window.extent(s.kw(), s.dilationW()));
    return (long) columns * s.ic();
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
   * @param ox0 the first output of each
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
      int ox0,
      int outputs,
      float[] dst,
      int dstOff) {
    int img = plane / shape.od();
    int front = plane % shape.od() * shape.strideD() - shape.padding().front();
    int top = line0 * shape.strideH() - shape.padding().top();
    int needed = rows(shape, lines);
    int floats = (int) read(shape, outputs);
    int left = (ox0 * shape.strideW() - shape.padding().left()) * shape.ic();
    for (int kz = kz0; kz < kz1; kz++) {
      int z = img * shape.id() + front + kz * shape.dilationD();
      for (int row = 0; row < needed; row++) {
        int to = dstOff + (kz * rows + row) * rowFloats;
        int iy = top + row;
        if (iy < 0 || iy >= shape.ih()) {
          Arrays.fill(dst, to, to + floats, 0f);
        } else {
          row(x, xOff + (z * shape.ih() + iy) * inside, left, floats, dst, to);
        }
      }
    }
  }

  /** Floats from {@code left} on, counted from the row's beginning and perhaps before it. */
  private void row(float[] x, int from, int left, int floats, float[] dst, int to) {
    int start = Math.clamp(-left, 0, floats);
    int end = Math.clamp(inside - left, start, floats);
    Arrays.fill(dst, to, to + start, 0f);
    if (start < end) {
      System.arraycopy(x, from + left + start, dst, to + start, end - start);
    }
    Arrays.fill(dst, to + end, to + floats, 0f);
  }
}
