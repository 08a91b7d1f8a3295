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
  private final int pixel; // floats of a copied one
  private final Pixels pixels;
  private final int rowFloats;
  private final int rows; // of a plane, for the most lines
  private final int[] at;

  /** Copies pixels that lie side by side. */
  interface Pixels {
    /**
     * Copies them.
     *
     * @param x [count][ic] from {@code from}, of which the first {@code channels} are read
     * @param dst [count][pixel] from {@code to}, written
     */
    void copy(float[] x, int from, int channels, int count, float[] dst, int to);
  }

  /** For at most so many lines at a time, and so many outputs of each; whole pixels are copied. */
  PaddedLines(ConvShape shape, int lines, int outputs) {
    this(shape, lines, outputs, shape.ic(), shape.icg(), new WholePixels(shape.ic()));
  }

  /**
   * Copies of some of the channels.
   *
   * @param pixel floats of a copied pixel
   * @param channels of which the table of taps speaks, from a copied pixel's first on
   */
  PaddedLines(ConvShape shape, int lines, int outputs, int pixel, int channels, Pixels pixels) {
    this.shape = shape;
    this.pixel = pixel;
    this.pixels = pixels;
    this.rowFloats = rowFloats(shape, outputs, pixel);
    this.rows = rows(shape, lines);
    this.at = new int[Math.multiplyExact(shape.area(), channels)];
    for (int tap = 0; tap < at.length; tap++) {
      int kx = tap / channels % shape.kw();
      int ky = tap / channels / shape.kw() % shape.kh();
      int kz = tap / channels / shape.kw() / shape.kh();
      int row = kz * rows + ky * shape.dilationH();
      at[tap] = row * rowFloats + kx * shape.dilationW() * pixel + tap % channels;
    }
  }

  private record WholePixels(int ic) implements Pixels {
    @Override
    public void copy(float[] x, int from, int channels, int count, float[] dst, int to) {
      System.arraycopy(x, from, dst, to, count * ic);
    }
  }

  /** Floats of the copies for so many outputs of so many lines, of so many floats a pixel. */
  static long floats(ConvShape shape, int lines, int outputs, int pixel) {
    return (long) shape.kd() * rows(shape, lines) * rowFloats(shape, outputs, pixel);
  }

  private static int rows(ConvShape s, int lines) {
    int between = Math.multiplyExact(Math.max(0, lines - 1), s.strideH());
    return Math.addExact(between, Window.extent(s.kh(), s.dilationH()));
  }

  /** Whole cache lines. */
  private static int rowFloats(ConvShape s, int outputs, int pixel) {
    return Math.toIntExact(Math.ceilDiv((long) columns(s, outputs) * pixel, (long) LINE) * LINE);
  }

  /** Columns that the windows of so many outputs read. */
  private static int columns(ConvShape s, int outputs) {
    int between = Math.multiplyExact(Math.max(0, outputs - 1), s.strideW());
    return Math.addExact(between, Window.extent(s.kw(), s.dilationW()));
  }

  /**
   * Where the taps lie, in the order (kz, ky, kx, c), from the first float of a window's corner.
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
    return shape.strideW() * pixel;
  }

  /**
   * Copies what some lines of a plane of outputs read.
   *
   * @param x [n][id][ih][iw][ic] from {@code xOff}, or from the first channel wanted; read
   * @param channels of a pixel that are wanted
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
      int channels,
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
    int columns = columns(shape, outputs);
    int left = ox0 * shape.strideW() - shape.padding().left();
    for (int kz = kz0; kz < kz1; kz++) {
      int z = img * shape.id() + front + kz * shape.dilationD();
      for (int row = 0; row < needed; row++) {
        int to = dstOff + (kz * rows + row) * rowFloats;
        int iy = top + row;
        if (iy < 0 || iy >= shape.ih()) {
          Arrays.fill(dst, to, to + columns * pixel, 0f);
        } else {
          int from = xOff + (z * shape.ih() + iy) * shape.iw() * shape.ic();
          row(x, from, channels, left, columns, dst, to);
        }
      }
    }
  }

  /** Columns from {@code left} on, counted from the row's beginning and perhaps before it. */
  private void row(float[] x, int from, int channels, int left, int columns, float[] dst, int to) {
    int start = Math.clamp(-left, 0, columns);
    int end = Math.clamp(shape.iw() - left, start, columns);
    Arrays.fill(dst, to, to + start * pixel, 0f);
    if (start < end) {
      int first = from + (left + start) * shape.ic();
      pixels.copy(x, first, channels, end - start, dst, to + start * pixel);
    }
    Arrays.fill(dst, to + end * pixel, to + columns * pixel, 0f);
  }
}
