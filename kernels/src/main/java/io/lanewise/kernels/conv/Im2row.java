package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Window;
import java.util.Arrays;

/**
 * The matrix rows[pixel][tap] = x[iz][iy][ix][c] of one group of channels-last images, pixel =
 * (img, oz, oy, ox), tap = (kz, ky, kx, c): each pixel's window as a row, copied in runs that lie
 * together in x. A line is a row of outputs, counted over all planes; rows of the window are
 * counted likewise: row = kz · kh + ky. The channels-last counterpart of {@link Im2colPacking}.
 */
final class Im2row {
  private final ConvShape shape;
  private final int oh;
  private final int ow;
  private final int lines; // of an image
  private final int pixelStep;
  private final boolean wholeRows; // a window's row lies in one piece
  private final int insideAll;
  private final int endAll;
  private final CopyKernel copy;

  Im2row(ConvShape shape, CopyKernel copy) {
    this.shape = shape;
    this.oh = shape.oh();
    this.ow = shape.ow();
    this.lines = shape.od() * oh;
    this.pixelStep = shape.strideW() * shape.ic();
    this.wholeRows = shape.groups() == 1 && (shape.dilationW() == 1 || shape.kw() == 1);
    this.copy = copy;
    int first = -shape.padding().left();
    int last = first + (shape.kw() - 1) * shape.dilationW();
    this.insideAll = Window.firstInside(first, shape.strideW(), ow);
    this.endAll = Math.max(insideAll, Window.endInside(last, shape.strideW(), shape.iw(), ow));
  }

  /**
   * Copies the windows of some pixels, or some rows of them.
   *
   * @param x [n][id][ih][iw][ic] from {@code xOff}, read
   * @param g the group whose channels are copied
   * @param row0 the windows' first row that is copied
   * @param row1 the first that is not
   * @param dst [pixels][(row1 - row0)·kw·icg] from {@code dstOff} with rows {@code ld} apart,
   *     written
   */
  void pack(
      float[] x,
      int xOff,
      int g,
      int row0,
      int row1,
      int pixel0,
      int pixels,
      float[] dst,
      int dstOff,
      int ld) {
    int row = shape.kw() * shape.icg();
    packColumns(x, xOff, g, row0 * row, row1 * row, pixel0, pixels, dst, dstOff, ld);
  }

  /**
   * Copies some columns of the matrix: taps [tap0, tap1) of some pixels' windows.
   *
   * @param x as in {@link #pack}
   * @param dst [pixels][tap1 - tap0] from {@code dstOff} with rows {@code ld} apart, written
   */
  void packColumns(
      float[] x,
      int xOff,
      int g,
      int tap0,
      int tap1,
      int pixel0,
      int pixels,
      float[] dst,
      int dstOff,
      int ld) {
    int done = 0;
    while (done < pixels) {
      int pixel = pixel0 + done;
      int ox = pixel % ow;
      int line = pixel / ow; // of the whole batch
      int here = Math.min(pixels - done, ow - ox);
      int image = xOff + line / lines * shape.xPixels() * shape.ic() + g * shape.icg();
      packLine(x, image, tap0, tap1, line % lines, ox, ox + here, dst, dstOff + done * ld, ld);
      done += here;
    }
  }

  /** Pixels [ox0, ox1) of one line; {@code dst} begins with ox0's row. */
  private void packLine(
      float[] x,
      int image,
      int tap0,
      int tap1,
      int line,
      int ox0,
      int ox1,
      float[] dst,
      int dstOff,
      int ld) {
    int row = shape.kw() * shape.icg();
    int front = line / oh * shape.strideD() - shape.padding().front();
    int top = line % oh * shape.strideH() - shape.padding().top();
    for (int r = tap0 / row; r * row < tap1; r++) {
      int iz = front + r / shape.kh() * shape.dilationD();
      int iy = top + r % shape.kh() * shape.dilationH();
      int j0 = Math.max(0, tap0 - r * row); // of this row of the window
      int j1 = Math.min(row, tap1 - r * row);
      int to = dstOff + r * row + j0 - tap0 - ox0 * ld;
      if (iz < 0 || iz >= shape.id() || iy < 0 || iy >= shape.ih()) {
        zero(ox0, ox1, j1 - j0, dst, to, ld);
        continue;
      }
      int from = image + (iz * shape.ih() + iy) * shape.iw() * shape.ic();
      if (!wholeRows) {
        packTaps(x, from, j0, j1, ox0, ox1, dst, to, ld);
        continue;
      }
      int inside = Math.clamp(insideAll, ox0, ox1);
      int end = Math.clamp(endAll, inside, ox1);
      packTaps(x, from, j0, j1, ox0, inside, dst, to, ld);
      int src = from + inside * pixelStep - shape.padding().left() * shape.ic() + j0;
      copy.run(x, src, pixelStep, end - inside, j1 - j0, dst, to + inside * ld, ld);
      packTaps(x, from, j0, j1, end, ox1, dst, to, ld);
    }
  }

  /** Tap by tap: in borders, and where channels or columns are left out between taps. */
  private void packTaps(
      float[] x, int from, int j0, int j1, int ox0, int ox1, float[] dst, int to, int ld) {
    if (ox0 == ox1) {
      return;
    }
    int icg = shape.icg();
    for (int kx = j0 / icg; kx * icg < j1; kx++) {
      int c0 = Math.max(0, j0 - kx * icg);
      int count = Math.min(icg, j1 - kx * icg) - c0;
      int left = kx * shape.dilationW() - shape.padding().left();
      int inside = Math.clamp(Window.firstInside(left, shape.strideW(), ow), ox0, ox1);
      int end = Window.endInside(left, shape.strideW(), shape.iw(), ow);
      end = Math.clamp(end, inside, ox1);
      int at = to + kx * icg + c0 - j0;
      zero(ox0, inside, count, dst, at, ld);
      int src = from + inside * pixelStep + left * shape.ic() + c0;
      copy.run(x, src, pixelStep, end - inside, count, dst, at + inside * ld, ld);
      zero(end, ox1, count, dst, at, ld);
    }
  }

  private static void zero(int ox0, int ox1, int count, float[] dst, int to, int ld) {
    for (int ox = ox0; ox < ox1; ox++) {
      Arrays.fill(dst, to + ox * ld, to + ox * ld + count, 0f);
    }
  }
}
