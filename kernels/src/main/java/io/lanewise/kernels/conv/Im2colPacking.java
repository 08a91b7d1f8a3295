package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Window;
import java.util.Arrays;

/**
 * The matrix cols[tap][pixel] = x[c][iz][iy][ix] of one image and group, tap = (c, kz, ky, kx),
 * pixel = (oz, oy, ox), packed straight into the panels of a matrix product without ever existing
 * as a whole (Chellapilla, Puri, Simard, High performance convolutional neural networks for
 * document processing, 2006, §4.1 names the matrix).
 */
final class Im2colPacking {
  private final ConvShape shape;
  private final int oh;
  private final int ow;
  private final int nr;

  Im2colPacking(ConvShape shape, int nr) {
    this.shape = shape;
    this.oh = shape.oh();
    this.ow = shape.ow();
    this.nr = nr;
  }

  /**
   * Lanes on pixels, steps on taps: the forward pass' B.
   *
   * @param x [icg][id][ih][iw] from {@code xOff}: the group's channels of one image, read
   * @param dst [ceil(pixels / nr)][taps][nr] from {@code dstOff}, written
   */
  void packPixels(
      float[] x, int xOff, int tap0, int taps, int pixel0, int pixels, float[] dst, int dstOff) {
    for (int j = 0; j < pixels; j += nr) {
      int here = Math.min(nr, pixels - j);
      int panel = dstOff + j * taps;
      for (int t = 0; t < taps; t++) {
        int row = panel + t * nr;
        copyRun(x, xOff, tap0 + t, pixel0 + j, here, dst, row, 1);
        if (here < nr) {
          Arrays.fill(dst, row + here, row + nr, 0f);
        }
      }
    }
  }

  /**
   * Lanes on taps, steps on pixels: the weight gradient's B.
   *
   * @param x as in {@link #packPixels}
   * @param dst [ceil(taps / nr)][pixels][nr] from {@code dstOff}, written
   */
  void packTaps(
      float[] x, int xOff, int tap0, int taps, int pixel0, int pixels, float[] dst, int dstOff) {
    for (int j = 0; j < taps; j += nr) {
      int here = Math.min(nr, taps - j);
      int panel = dstOff + j * pixels;
      if (here < nr) {
        Arrays.fill(dst, panel, panel + pixels * nr, 0f);
      }
      for (int lane = 0; lane < here; lane++) {
        copyRun(x, xOff, tap0 + j + lane, pixel0, pixels, dst, panel + lane, nr);
      }
    }
  }

  /**
   * Copies {@code count} pixels of one tap's row, {@code dstStep} apart, row of the image by row.
   */
  private void copyRun(
      float[] x, int xOff, int tap, int pixel, int count, float[] dst, int dstOff, int dstStep) {
    int row = tap / shape.kw(); // (c, kz, ky)
    int kx = tap % shape.kw();
    int ky = row % shape.kh();
    int kz = row / shape.kh() % shape.kd();
    int channel = xOff + tap / shape.area() * shape.xPixels();
    int left = kx * shape.dilationW() - shape.padding().left();
    int top = ky * shape.dilationH() - shape.padding().top();
    int front = kz * shape.dilationD() - shape.padding().front();
    int inside = Window.firstInside(left, shape.strideW(), ow);
    int end = Window.endInside(left, shape.strideW(), shape.iw(), ow);
    int line = pixel / ow;
    int ox = pixel % ow;
    int done = 0;
    while (done < count) {
      int here = Math.min(count - done, ow - ox);
      int iz = line / oh * shape.strideD() + front;
      int iy = line % oh * shape.strideH() + top;
      int at = dstOff + done * dstStep;
      boolean rowInside = iz >= 0 && iz < shape.id() && iy >= 0 && iy < shape.ih();
      int from = rowInside ? Math.clamp(inside, ox, ox + here) : ox + here;
      int to = rowInside ? Math.clamp(end, from, ox + here) : from;
      fillZero(dst, at, from - ox, dstStep);
      copy(
          x,
          channel + (iz * shape.ih() + iy) * shape.iw() + from * shape.strideW() + left,
          to - from,
          dst,
          at + (from - ox) * dstStep,
          dstStep);
      fillZero(dst, at + (to - ox) * dstStep, ox + here - to, dstStep);
      done += here;
      ox = 0;
      line++;
    }
  }

  private void copy(float[] src, int srcOff, int count, float[] dst, int dstOff, int dstStep) {
    int stride = shape.strideW();
    if (stride == 1 && dstStep == 1) {
      for (int i = 0; i < count; i++) { // short: a call of arraycopy costs more than it saves
        dst[dstOff + i] = src[srcOff + i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        dst[dstOff + i * dstStep] = src[srcOff + i * stride];
      }
    }
  }

  private static void fillZero(float[] dst, int dstOff, int count, int step) {
    for (int i = 0; i < count; i++) {
      dst[dstOff + i * step] = 0f;
    }
  }

  int pixels() {
    return shape.yPixels();
  }
}
