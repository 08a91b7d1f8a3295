package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.DepthwiseKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Windows of 3 x 3, and the parts of them that borders leave, in one go: loads and stores bound it,
 * so an output is written once and eight neighbours share their inputs. Other windows go row by
 * row, three taps and one at a time. The inner loops run over channels with a constant step, so
 * that their range checks move out of them. Channels that do not fill a vector go to {@code rest}.
 */
final class VectorDepthwise implements DepthwiseKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int PIXELS = 4;
  private static final int TAPS = 3;
  private static final int ROWS = 3;

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
      boolean dense = pixelStep == tapStep && outRowStep == rowStep;
      int r = 0;
      if (rows == ROWS && dense) {
        for (; outRows - r >= 4; r += 4) {
          fourRows(
              taps,
              pixels,
              whole,
              x,
              xOff + r * outRowStep,
              rowStep,
              tapStep,
              w,
              wOff,
              wRowStep,
              wStep,
              s,
              sOff,
              y,
              yOff + r * yRowStep,
              yRowStep,
              yStep);
        }
      } else if (rows == ROWS
          && taps == TAPS
          && pixelStep == 2 * tapStep
          && outRowStep == 2 * rowStep) {
        for (; outRows - r >= 2; r += 2) {
          twoRows(
              pixels,
              whole,
              x,
              xOff + r * outRowStep,
              rowStep,
              tapStep,
              w,
              wOff,
              wRowStep,
              wStep,
              s,
              sOff,
              y,
              yOff + r * yRowStep,
              yRowStep,
              yStep);
        }
      }
      for (; r < outRows; r++) {
        oneRow(
            rows,
            taps,
            pixels,
            whole,
            dense,
            x,
            xOff + r * outRowStep,
            rowStep,
            tapStep,
            pixelStep,
            w,
            wOff,
            wRowStep,
            wStep,
            s,
            sOff,
            y,
            yOff + r * yRowStep,
            yStep);
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

  /** Four rows of outputs with windows of three rows, a stride of 1 apart. */
  private static void fourRows(
      int taps,
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
    if (taps != TAPS && taps != TAPS - 1) {
      for (int r = 0; r < 4; r++) {
        oneRow(
            ROWS,
            taps,
            pixels,
            channels,
            true,
            x,
            xOff + r * rowStep,
            rowStep,
            tapStep,
            tapStep,
            w,
            wOff,
            wRowStep,
            wStep,
            s,
            sOff,
            y,
            yOff + r * yRowStep,
            yStep);
      }
      return;
    }
    int i = 0;
    if (taps == TAPS) {
      for (; pixels - i >= 2; i += 2) {
        int from = xOff + i * tapStep;
        int to = yOff + i * yStep;
        DepthwiseShared.fourByTwoOf3x3(
            channels, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to, yRowStep,
            yStep);
      }
    }
    for (; i < pixels; i++) {
      int from = xOff + i * tapStep;
      int to = yOff + i * yStep;
      if (taps == TAPS) {
        DepthwiseShared.fourByOneOf3x3(
            channels, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to,
            yRowStep);
      } else {
        DepthwiseShared.fourByOneOf3x2(
            channels, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to,
            yRowStep);
      }
    }
  }

  /** Two rows of outputs with windows of 3 x 3, a stride of 2 apart. */
  private static void twoRows(
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
    int i = 0;
    for (; pixels - i >= 2; i += 2) {
      int from = xOff + 2 * i * tapStep;
      int to = yOff + i * yStep;
      DepthwiseShared.twoByTwoOf3x3(
          channels, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to, yRowStep,
          yStep);
    }
    if (i < pixels) {
      int from = xOff + 2 * i * tapStep;
      int to = yOff + i * yStep;
      DepthwiseOne.run(
          ROWS, TAPS, channels, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y,
          to);
      DepthwiseOne.run(
          ROWS,
          TAPS,
          channels,
          x,
          from + 2 * rowStep,
          rowStep,
          tapStep,
          w,
          wOff,
          wRowStep,
          wStep,
          s,
          sOff,
          y,
          to + yRowStep);
    }
  }

  /** A row of outputs with windows of any size. */
  private static void oneRow(
      int rows,
      int taps,
      int pixels,
      int channels,
      boolean dense,
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
          rows, taps, pixels, channels, dense, x, xOff, rowStep, tapStep, pixelStep, w, wOff,
          wRowStep, wStep, s, sOff, y, yOff, yStep);
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
      boolean dense,
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
    boolean shared = dense && rows == ROWS && taps == TAPS;
    int i = 0;
    for (; pixels - i >= PIXELS; i += PIXELS) {
      int from = xOff + i * pixelStep;
      int to = yOff + i * yStep;
      if (shared) {
        DepthwiseShared.oneByFourOf3x3(
            channels, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to, yStep);
      } else {
        DepthwiseFour.run(
            rows, taps, channels, x, from, rowStep, tapStep, pixelStep, w, wOff, wRowStep, wStep, s,
            sOff, y, to, yStep);
      }
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
