package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Arrays;

/**
 * What the windows along a line of outputs read, column after column: strip[ix][kz][ky][c]. Windows
 * of neighbours overlap in it, so it holds an input kh times where {@link Im2row} copies it kh · kw
 * times, and each window still is one run of floats, its taps in the order (kx, kz, ky, c): the
 * lowering of Cho and Brand, MEC: Memory-efficient Convolution for Deep Neural Network, 2017, §3,
 * along rows. Padding becomes zeros.
 *
 * <p>Where the next line starts strideH rows lower, its strip is the last one from {@code strideH ·
 * icg} floats later on, but for the new rows: a column's new rows take the place of the next
 * column's old ones.
 */
final class Strips {
  private final ConvShape shape;
  private final CopyKernel copy;
  private final int lines; // of an image
  private final int oh;
  private final int column; // floats
  private final boolean slides;

  Strips(ConvShape shape, CopyKernel copy) {
    this.shape = shape;
    this.copy = copy;
    this.oh = shape.oh();
    this.lines = shape.od() * oh;
    this.column = shape.kd() * shape.kh() * shape.icg();
    this.slides = shape.dilationH() == 1 && shape.strideH() < shape.kh();
  }

  /** Distance between the windows of neighbours. */
  int windowStep() {
    return shape.strideW() * column;
  }

  /** Floats of a strip for some pixels of a line. */
  int floats(int pixels) {
    return Math.addExact(
        Math.multiplyExact(pixels - 1, windowStep()), Math.multiplyExact(shape.kw(), column));
  }

  /** Where a strip begins that follows another one of {@link #floats}, floats further on. */
  int slide() {
    return slides ? shape.strideH() * shape.icg() : 0;
  }

  /** True if a line's strip is made from that of the line before. */
  boolean follows(int line) {
    return slides && line % oh != 0;
  }

  /**
   * Makes the strip of some pixels of a line.
   *
   * @param x [n][id][ih][iw][ic] from {@code xOff}, read
   * @param g the group whose channels are copied
   * @param line counted over all planes and images
   * @param ox0 the first pixel
   * @param follows if {@code dst} holds the strip of the same pixels of the line before, {@link
   *     #slide} floats earlier
   * @param dst {@link #floats} from {@code dstOff}, written
   */
  void pack(
      float[] x,
      int xOff,
      int g,
      int line,
      int ox0,
      int pixels,
      boolean follows,
      float[] dst,
      int dstOff) {
    int image = xOff + line / lines * shape.xPixels() * shape.ic() + g * shape.icg();
    int iz = line % lines / oh * shape.strideD() - shape.padding().front();
    int iy = line % oh * shape.strideH() - shape.padding().top();
    int first = follows ? shape.kh() - shape.strideH() : 0;
    for (int kz = 0; kz < shape.kd(); kz++) {
      int z = iz + kz * shape.dilationD();
      for (int ky = first; ky < shape.kh(); ky++) {
        int row = iy + ky * shape.dilationH();
        boolean inside = z >= 0 && z < shape.id() && row >= 0 && row < shape.ih();
        int from = image + (z * shape.ih() + row) * shape.iw() * shape.ic();
        int to = dstOff + (kz * shape.kh() + ky) * shape.icg();
        row(x, from, inside, ox0, pixels, dst, to);
      }
    }
  }

  /** One row's place in each column. */
  private void row(
      float[] x, int from, boolean inside, int ox0, int pixels, float[] dst, int dstOff) {
    int ix = ox0 * shape.strideW() - shape.padding().left();
    int columns = (pixels - 1) * shape.strideW() + shape.kw();
    int start = inside ? Math.clamp(-ix, 0, columns) : columns;
    int end = Math.clamp(shape.iw() - ix, start, columns);
    zero(0, start, dst, dstOff);
    int src = from + (ix + start) * shape.ic();
    int to = dstOff + start * column;
    copy.run(x, src, shape.ic(), end - start, shape.icg(), dst, to, column);
    zero(end, columns, dst, dstOff);
  }

  private void zero(int column0, int column1, float[] dst, int to) {
    for (int i = column0; i < column1; i++) {
      Arrays.fill(dst, to + i * column, to + i * column + shape.icg(), 0f);
    }
  }
}
