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

  @Override
  public void addGradient(
      int rows,
      int taps,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep) {
    int whole = V.loopBound(channels);
    boolean small = (rows == ROWS || rows == ROWS - 1) && (taps == TAPS || taps == TAPS - 1);
    if (whole > 0 && small) {
      smallGradient(
          rows, taps, pixels, whole, x, xOff, rowStep, tapStep, pixelStep, dy, dyOff, dyStep, dw,
          dwOff, dwRowStep, dwStep);
    } else if (whole > 0) {
      for (int r = 0; r < rows; r++) {
        gradientRow(
            taps,
            pixels,
            whole,
            x,
            xOff + r * rowStep,
            tapStep,
            pixelStep,
            dy,
            dyOff,
            dyStep,
            dw,
            dwOff + r * dwRowStep,
            dwStep);
      }
    }
    if (whole < channels) {
      rest.addGradient(
          rows,
          taps,
          pixels,
          channels - whole,
          x,
          xOff + whole,
          rowStep,
          tapStep,
          pixelStep,
          dy,
          dyOff + whole,
          dyStep,
          dw,
          dwOff + whole,
          dwRowStep,
          dwStep);
    }
  }

  /** Windows of three or two rows of three or two taps. */
  private static void smallGradient(
      int rows,
      int taps,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep) {
    int i = 0;
    if (taps == TAPS && pixels >= PIXELS) {
      boolean dense = tapStep == pixelStep;
      i = dense ? pixels / PIXELS * PIXELS : pixels;
      chains(
          rows, dense, i, channels, x, xOff, rowStep, tapStep, pixelStep, dy, dyOff, dyStep, dw,
          dwOff, dwRowStep, dwStep);
    }
    for (; i < pixels; i++) {
      pixel(
          rows,
          taps,
          channels,
          x,
          xOff + i * pixelStep,
          rowStep,
          tapStep,
          dy,
          dyOff + i * dyStep,
          dw,
          dwOff,
          dwRowStep,
          dwStep);
    }
  }

  private static void pixel(
      int rows,
      int taps,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      float[] dy,
      int dyOff,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep) {
    if (rows == ROWS && taps == TAPS) {
      DepthwiseGradient.oneOf3x3(
          channels, x, xOff, rowStep, tapStep, dy, dyOff, dw, dwOff, dwRowStep, dwStep);
    } else if (rows == ROWS) {
      DepthwiseGradient.oneOf3x2(
          channels, x, xOff, rowStep, tapStep, dy, dyOff, dw, dwOff, dwRowStep, dwStep);
    } else if (taps == TAPS) {
      DepthwiseGradient.oneOf2x3(
          channels, x, xOff, rowStep, tapStep, dy, dyOff, dw, dwOff, dwRowStep, dwStep);
    } else {
      DepthwiseGradient.oneOf2x2(
          channels, x, xOff, rowStep, tapStep, dy, dyOff, dw, dwOff, dwRowStep, dwStep);
    }
  }

  /** Windows of three or two rows of three taps: a vector of channels after the other. */
  private static void chains(
      int rows,
      boolean dense,
      int pixels,
      int channels,
      float[] x,
      int x0,
      int rowStep,
      int tapStep,
      int pixelStep,
      float[] dy,
      int dy0,
      int dyStep,
      float[] dw,
      int dw0,
      int dwRowStep,
      int dwStep) {
    for (int c = 0; c < channels; c += L) {
      int xOff = x0 + c;
      int dyOff = dy0 + c;
      int dwOff = dw0 + c;
      if (dense && rows == ROWS) {
        DepthwiseGradient.threeRowsDense(
            pixels, x, xOff, rowStep, tapStep, dy, dyOff, dyStep, dw, dwOff, dwRowStep, dwStep);
      } else if (dense) {
        DepthwiseGradient.twoRowsDense(
            pixels, x, xOff, rowStep, tapStep, dy, dyOff, dyStep, dw, dwOff, dwRowStep, dwStep);
      } else if (rows == ROWS) {
        DepthwiseGradient.threeRows(
            pixels, x, xOff, rowStep, tapStep, pixelStep, dy, dyOff, dyStep, dw, dwOff, dwRowStep,
            dwStep);
      } else {
        DepthwiseGradient.twoRows(
            pixels, x, xOff, rowStep, tapStep, pixelStep, dy, dyOff, dyStep, dw, dwOff, dwRowStep,
            dwStep);
      }
    }
  }

  /** The gradient of one row of taps, three taps and one at a time. */
  private static void gradientRow(
      int taps,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int tapStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwStep) {
    int t = 0;
    while (t < taps) {
      boolean three = taps - t >= TAPS;
      gradient(
          three,
          pixels,
          channels,
          x,
          xOff + t * tapStep,
          tapStep,
          pixelStep,
          dy,
          dyOff,
          dyStep,
          dw,
          dwOff + t * dwStep,
          dwStep);
      t += three ? TAPS : 1;
    }
  }

  /** The gradient of three taps or one. */
  private static void gradient(
      boolean three,
      int pixels,
      int channels,
      float[] x,
      int xAt,
      int tapStep,
      int pixelStep,
      float[] dy,
      int dyAt,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwStep) {
    int i = 0;
    for (; pixels - i >= PIXELS; i += PIXELS) {
      int xOff = xAt + i * pixelStep;
      int dyOff = dyAt + i * dyStep;
      if (three) {
        DepthwiseGradient.fourOf3(
            channels, x, xOff, tapStep, pixelStep, dy, dyOff, dyStep, dw, dwOff, dwStep);
      } else {
        DepthwiseGradient.fourOf1(channels, x, xOff, pixelStep, dy, dyOff, dyStep, dw, dwOff);
      }
    }
    for (; i < pixels; i++) {
      int xOff = xAt + i * pixelStep;
      int dyOff = dyAt + i * dyStep;
      if (three) {
        DepthwiseGradient.oneOf3(channels, x, xOff, tapStep, dy, dyOff, dw, dwOff, dwStep);
      } else {
        DepthwiseGradient.oneOf1(channels, x, xOff, dy, dyOff, dw, dwOff);
      }
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
