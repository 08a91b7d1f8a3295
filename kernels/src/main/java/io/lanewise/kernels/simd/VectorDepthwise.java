package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.DepthwiseKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Windows of 3 x 3 go along rows of outputs ({@link DepthwiseLines}), and the parts of them that
 * borders leave are computed in one go; windows of five taps go by single rows ({@link
 * DepthwiseWide}), and at the sides of an image by four ({@link DepthwiseColumns}). Other windows
 * go row by row, three taps and one at a time. Where inner loops run over channels, they do so with
 * a constant step, so that their range checks move out of them. Channels that do not fill a vector
 * go to {@code rest}.
 */
final class VectorDepthwise implements DepthwiseKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int PIXELS = 4;
  private static final int TAPS = 3;
  private static final int ROWS = 3;
  private static final int WIDE = 5; // rows and taps of large windows

  private final DepthwiseKernel rest;

  VectorDepthwise(DepthwiseKernel rest) {
    this.rest = rest;
  }

  @Override
  public void run(
      int rows,
      int taps,
      int outRows,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int outRowStep,
      int pixelStep,
      float[] w,
      int wOff,
      int wRowStep,
      int wStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yRowStep,
      int yStep) {
    int whole = V.loopBound(channels);
    if (whole > 0) {
      int stride = stride(outRows, rowStep, tapStep, outRowStep, pixelStep);
      int r = 0;
      while (r < outRows) {
        int from = xOff + r * outRowStep;
        int to = yOff + r * yRowStep;
        int count = together(rows, taps, stride, outRows - r);
        if (stride > 0 && taps == TAPS && (rows == ROWS || rows == ROWS - 1)) {
          DepthwiseLines.run(
              rows, stride, count, pixels, whole, x, from, rowStep, tapStep, w, wOff, wRowStep,
              wStep, s, sOff, y, to, yRowStep, yStep);
        } else if (count == 4 && rows == WIDE) {
          wideBorder(
              taps, stride, pixels, whole, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s,
              sOff, y, to, yRowStep, yStep);
        } else if (stride > 0 && taps == WIDE) {
          count = 1;
          DepthwiseWide.run(
              rows, stride, pixels, whole, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s,
              sOff, y, to, yStep);
        } else if (count == 4) {
          border(
              stride, pixels, whole, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff,
              y, to, yRowStep, yStep);
        } else {
          count = 1;
          oneRow(
              rows, taps, pixels, whole, x, from, rowStep, tapStep, pixelStep, w, wOff, wRowStep,
              wStep, s, sOff, y, to, yStep);
        }
        r += count;
      }
    }
    if (whole < channels) {
      rest.run(
          rows,
          taps,
          outRows,
          pixels,
          channels - whole,
          x,
          xOff + whole,
          rowStep,
          tapStep,
          outRowStep,
          pixelStep,
          w,
          wOff + whole,
          wRowStep,
          wStep,
          s,
          sOff + whole,
          y,
          yOff + whole,
          yRowStep,
          yStep);
    }
  }

  /** 1 or 2, if outputs lie as many taps apart, and as many rows; 0 otherwise. */
  private static int stride(int outRows, int rowStep, int tapStep, int outRowStep, int pixelStep) {
    for (int stride = 1; stride <= 2; stride++) {
      if (pixelStep == stride * tapStep && (outRows == 1 || outRowStep == stride * rowStep)) {
        return stride;
      }
    }
    return 0;
  }

  /** Rows of outputs that are computed together, of those that are left. */
  private static int together(int rows, int taps, int stride, int left) {
    boolean wide = rows == WIDE && (taps == WIDE - 1 || taps == WIDE - 2) && left >= 4;
    boolean small = rows == ROWS && (taps == TAPS || taps == TAPS - 1) && left >= 2;
    if (stride == 0 || (!wide && !small)) {
      return 1;
    }
    return left >= 4 ? 4 : 2;
  }

  /**
   * Four rows of outputs with windows of five rows of four or three taps, at the left or right
   * border.
   */
  private static void wideBorder(
      int taps,
      int stride,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      float[] w,
      int wOff,
      int wRowStep,
      int wStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yRowStep,
      int yStep) {
    for (int i = 0; i < pixels; i++) {
      DepthwiseColumns.run(
          taps,
          stride,
          channels,
          x,
          xOff + i * stride * tapStep,
          rowStep,
          tapStep,
          w,
          wOff,
          wRowStep,
          wStep,
          s,
          sOff,
          y,
          yOff + i * yStep,
          yRowStep);
    }
  }

  /** Four rows of outputs with windows of three rows of two taps, at the left or right border. */
  private static void border(
      int stride,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      float[] w,
      int wOff,
      int wRowStep,
      int wStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yRowStep,
      int yStep) {
    for (int i = 0; i < pixels; i++) {
      int from = xOff + i * stride * tapStep;
      int to = yOff + i * yStep;
      if (stride == 1) {
        DepthwiseShared.fourByOneOf3x2(
            channels, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to,
            yRowStep);
      } else {
        DepthwiseShared.fourByOneOf3x2ByTwo(
            channels, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to,
            yRowStep);
      }
    }
  }

  /** A row of outputs with windows of any size. */
  private static void oneRow(
      int rows,
      int taps,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int pixelStep,
      float[] w,
      int wOff,
      int wRowStep,
      int wStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yStep) {
    if (rows <= ROWS && taps <= TAPS) {
      smallWindows(
          rows, taps, pixels, channels, x, xOff, rowStep, tapStep, pixelStep, w, wOff, wRowStep,
          wStep, s, sOff, y, yOff, yStep);
      return;
    }
    for (int r = 0; r < rows; r++) {
      boolean first = r == 0;
      row(
          taps,
          pixels,
          channels,
          x,
          xOff + r * rowStep,
          tapStep,
          pixelStep,
          w,
          wOff + r * wRowStep,
          wStep,
          first ? s : y,
          first ? sOff : yOff,
          first ? 0 : yStep,
          y,
          yOff,
          yStep);
    }
  }

  /** A row of outputs with windows of up to 3 x 3. */
  private static void smallWindows(
      int rows,
      int taps,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int pixelStep,
      float[] w,
      int wOff,
      int wRowStep,
      int wStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yStep) {
    int i = 0;
    for (; pixels - i >= PIXELS; i += PIXELS) {
      int from = xOff + i * pixelStep;
      int to = yOff + i * yStep;
      DepthwiseFour.run(
          rows, taps, channels, x, from, rowStep, tapStep, pixelStep, w, wOff, wRowStep, wStep, s,
          sOff, y, to, yStep);
    }
    for (; i < pixels; i++) {
      int from = xOff + i * pixelStep;
      int to = yOff + i * yStep;
      DepthwiseOne.run(
          rows, taps, channels, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y,
          to);
    }
  }

  /** One row of windows of any length. */
  private static void row(
      int taps,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int tapStep,
      int pixelStep,
      float[] w,
      int wOff,
      int wStep,
      float[] s,
      int sOff,
      int sStep,
      float[] y,
      int yOff,
      int yStep) {
    float[] src = s;
    int srcOff = sOff;
    int srcStep = sStep;
    int t = 0;
    while (t < taps) {
      boolean three = taps - t >= TAPS;
      int k = wOff + t * wStep;
      int i = 0;
      for (; pixels - i >= PIXELS; i += PIXELS) {
        int from = xOff + i * pixelStep + t * tapStep;
        int start = srcOff + i * srcStep;
        int to = yOff + i * yStep;
        if (three) {
          oneByFourOf1x3(
              channels, x, from, tapStep, pixelStep, w, k, wStep, src, start, srcStep, y, to,
              yStep);
        } else {
          oneByFourOf1x1(channels, x, from, pixelStep, w, k, src, start, srcStep, y, to, yStep);
        }
      }
      for (; i < pixels; i++) {
        int from = xOff + i * pixelStep + t * tapStep;
        int start = srcOff + i * srcStep;
        int to = yOff + i * yStep;
        if (three) {
          oneByOneOf1x3(channels, x, from, tapStep, w, k, wStep, src, start, y, to);
        } else {
          oneByOneOf1x1(channels, x, from, w, k, src, start, y, to);
        }
      }
      t += three ? TAPS : 1;
      src = y;
      srcOff = yOff;
      srcStep = yStep;
    }
  }

  /** Four outputs, three taps. */
  private static void oneByFourOf1x3(
      int channels,
      float[] x,
      int xOff,
      int tapStep,
      int pixelStep,
      float[] w,
      int wOff,
      int wStep,
      float[] s,
      int sOff,
      int sStep,
      float[] y,
      int yOff,
      int yStep) {
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector y00 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector y01 = FloatVector.fromArray(V, s, sOff + sStep + c);
      FloatVector y02 = FloatVector.fromArray(V, s, sOff + 2 * sStep + c);
      FloatVector y03 = FloatVector.fromArray(V, s, sOff + 3 * sStep + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, y00);
      y01 = FloatVector.fromArray(V, x, xOff + pixelStep + c).fma(k00, y01);
      y02 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + c).fma(k00, y02);
      y03 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + c).fma(k00, y03);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = FloatVector.fromArray(V, x, xOff + tapStep + c).fma(k01, y00);
      y01 = FloatVector.fromArray(V, x, xOff + pixelStep + tapStep + c).fma(k01, y01);
      y02 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + tapStep + c).fma(k01, y02);
      y03 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + tapStep + c).fma(k01, y03);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * tapStep + c).fma(k02, y00);
      y01 = FloatVector.fromArray(V, x, xOff + pixelStep + 2 * tapStep + c).fma(k02, y01);
      y02 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + 2 * tapStep + c).fma(k02, y02);
      y03 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + 2 * tapStep + c).fma(k02, y03);
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** Four outputs, one tap. */
  private static void oneByFourOf1x1(
      int channels,
      float[] x,
      int xOff,
      int pixelStep,
      float[] w,
      int wOff,
      float[] s,
      int sOff,
      int sStep,
      float[] y,
      int yOff,
      int yStep) {
    int w00 = wOff;
    for (int c = 0; c < channels; c += L) {
      FloatVector y00 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector y01 = FloatVector.fromArray(V, s, sOff + sStep + c);
      FloatVector y02 = FloatVector.fromArray(V, s, sOff + 2 * sStep + c);
      FloatVector y03 = FloatVector.fromArray(V, s, sOff + 3 * sStep + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, y00);
      y01 = FloatVector.fromArray(V, x, xOff + pixelStep + c).fma(k00, y01);
      y02 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + c).fma(k00, y02);
      y03 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + c).fma(k00, y03);
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** One output, three taps. */
  private static void oneByOneOf1x3(
      int channels,
      float[] x,
      int xOff,
      int tapStep,
      float[] w,
      int wOff,
      int wStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector y00 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, y00);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = FloatVector.fromArray(V, x, xOff + tapStep + c).fma(k01, y00);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * tapStep + c).fma(k02, y00);
      y00.intoArray(y, yOff + c);
    }
  }

  /** One output, one tap. */
  private static void oneByOneOf1x1(
      int channels,
      float[] x,
      int xOff,
      float[] w,
      int wOff,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    int w00 = wOff;
    for (int c = 0; c < channels; c += L) {
      FloatVector y00 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, y00);
      y00.intoArray(y, yOff + c);
    }
  }
}
