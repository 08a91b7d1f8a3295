package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.DepthwiseKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four outputs at a time. Windows of 3 x 3 in one go: it is loads and stores that bound it, most of
 * which cross a cache line, so an output is written once, and a stride of 1 lets neighbours share
 * their inputs. Other windows go row by row, three taps and one at a time. The inner loop runs over
 * channels with a constant step, so that its range checks move out of it. Channels that do not fill
 * a vector go to {@code rest}.
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
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      int tapStep,
      float[] w,
      int wOff,
      int wRowStep,
      int wStep,
      float[] s,
      int sOff,
      int sStep,
      float[] y,
      int yOff,
      int yStep) {
    int whole = V.loopBound(channels);
    if (whole > 0 && rows == ROWS && taps == TAPS) {
      windows(
          pixels, whole, x, xOff, rowStep, pixelStep, tapStep, w, wOff, wRowStep, wStep, s, sOff,
          sStep, y, yOff, yStep);
    } else if (whole > 0) {
      for (int r = 0; r < rows; r++) {
        boolean first = r == 0;
        row(
            taps,
            pixels,
            whole,
            x,
            xOff + r * rowStep,
            pixelStep,
            tapStep,
            w,
            wOff + r * wRowStep,
            wStep,
            first ? s : y,
            first ? sOff : yOff,
            first ? sStep : yStep,
            y,
            yOff,
            yStep);
      }
    }
    if (whole < channels) {
      rest.run(
          rows,
          taps,
          pixels,
          channels - whole,
          x,
          xOff + whole,
          rowStep,
          pixelStep,
          tapStep,
          w,
          wOff + whole,
          wRowStep,
          wStep,
          s,
          sOff + whole,
          sStep,
          y,
          yOff + whole,
          yStep);
    }
  }

  /** Windows of 3 x 3. */
  private static void windows(
      int pixels,
      int whole,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      int tapStep,
      float[] w,
      int wOff,
      int wRowStep,
      int wStep,
      float[] s,
      int sOff,
      int sStep,
      float[] y,
      int yOff,
      int yStep) {
    int i = 0;
    for (; pixels - i >= PIXELS; i += PIXELS) {
      int from = xOff + i * pixelStep;
      int start = sOff + i * sStep;
      int to = yOff + i * yStep;
      if (tapStep == pixelStep) {
        fourThreeRowsDense(
            whole, x, from, pixelStep, rowStep, w, wOff, wStep, wRowStep, s, start, sStep, y, to,
            yStep);
      } else {
        fourThreeRows(
            whole, x, from, pixelStep, tapStep, rowStep, w, wOff, wStep, wRowStep, s, start, sStep,
            y, to, yStep);
      }
    }
    for (; i < pixels; i++) {
      int from = xOff + i * pixelStep;
      int start = sOff + i * sStep;
      int to = yOff + i * yStep;
      oneThreeRows(whole, x, from, tapStep, rowStep, w, wOff, wStep, wRowStep, s, start, y, to);
    }
  }

  /** One row of windows of any length. */
  private static void row(
      int taps,
      int pixels,
      int whole,
      float[] x,
      int xOff,
      int pixelStep,
      int tapStep,
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
      int at = wOff + t * wStep;
      int i = 0;
      for (; pixels - i >= PIXELS; i += PIXELS) {
        int from = xOff + i * pixelStep + t * tapStep;
        int start = srcOff + i * srcStep;
        int to = yOff + i * yStep;
        if (three) {
          fourThree(
              whole, x, from, pixelStep, tapStep, w, at, wStep, src, start, srcStep, y, to, yStep);
        } else {
          fourOne(whole, x, from, pixelStep, w, at, src, start, srcStep, y, to, yStep);
        }
      }
      for (; i < pixels; i++) {
        int from = xOff + i * pixelStep + t * tapStep;
        int start = srcOff + i * srcStep;
        int to = yOff + i * yStep;
        if (three) {
          oneThree(whole, x, from, tapStep, w, at, wStep, src, start, y, to);
        } else {
          oneOne(whole, x, from, w, at, src, start, y, to);
        }
      }
      t += three ? TAPS : 1;
      src = y;
      srcOff = yOff;
      srcStep = yStep;
    }
  }

  /** Four outputs that lie as far apart as taps do: six inputs a row. */
  private static void fourThreeRowsDense(
      int channels,
      float[] x,
      int xOff,
      int pixelStep,
      int rowStep,
      float[] w,
      int wOff,
      int wStep,
      int wRowStep,
      float[] s,
      int sOff,
      int sStep,
      float[] y,
      int yOff,
      int yStep) {
    int x00 = xOff;
    int x01 = xOff + pixelStep;
    int x02 = xOff + 2 * pixelStep;
    int x03 = xOff + 3 * pixelStep;
    int x04 = xOff + 4 * pixelStep;
    int x05 = xOff + 5 * pixelStep;
    int w0 = wOff;
    int x10 = xOff + rowStep;
    int x11 = xOff + rowStep + pixelStep;
    int x12 = xOff + rowStep + 2 * pixelStep;
    int x13 = xOff + rowStep + 3 * pixelStep;
    int x14 = xOff + rowStep + 4 * pixelStep;
    int x15 = xOff + rowStep + 5 * pixelStep;
    int w1 = wOff + wRowStep;
    int x20 = xOff + 2 * rowStep;
    int x21 = xOff + 2 * rowStep + pixelStep;
    int x22 = xOff + 2 * rowStep + 2 * pixelStep;
    int x23 = xOff + 2 * rowStep + 3 * pixelStep;
    int x24 = xOff + 2 * rowStep + 4 * pixelStep;
    int x25 = xOff + 2 * rowStep + 5 * pixelStep;
    int w2 = wOff + 2 * wRowStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector y1 = FloatVector.fromArray(V, s, sOff + sStep + c);
      FloatVector y2 = FloatVector.fromArray(V, s, sOff + 2 * sStep + c);
      FloatVector y3 = FloatVector.fromArray(V, s, sOff + 3 * sStep + c);
      FloatVector v00 = FloatVector.fromArray(V, x, x00 + c);
      FloatVector v01 = FloatVector.fromArray(V, x, x01 + c);
      FloatVector v02 = FloatVector.fromArray(V, x, x02 + c);
      FloatVector v03 = FloatVector.fromArray(V, x, x03 + c);
      FloatVector v04 = FloatVector.fromArray(V, x, x04 + c);
      FloatVector v05 = FloatVector.fromArray(V, x, x05 + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w0 + c);
      y0 = v00.fma(k00, y0);
      y1 = v01.fma(k00, y1);
      y2 = v02.fma(k00, y2);
      y3 = v03.fma(k00, y3);
      FloatVector k01 = FloatVector.fromArray(V, w, w0 + wStep + c);
      y0 = v01.fma(k01, y0);
      y1 = v02.fma(k01, y1);
      y2 = v03.fma(k01, y2);
      y3 = v04.fma(k01, y3);
      FloatVector k02 = FloatVector.fromArray(V, w, w0 + 2 * wStep + c);
      y0 = v02.fma(k02, y0);
      y1 = v03.fma(k02, y1);
      y2 = v04.fma(k02, y2);
      y3 = v05.fma(k02, y3);
      FloatVector v10 = FloatVector.fromArray(V, x, x10 + c);
      FloatVector v11 = FloatVector.fromArray(V, x, x11 + c);
      FloatVector v12 = FloatVector.fromArray(V, x, x12 + c);
      FloatVector v13 = FloatVector.fromArray(V, x, x13 + c);
      FloatVector v14 = FloatVector.fromArray(V, x, x14 + c);
      FloatVector v15 = FloatVector.fromArray(V, x, x15 + c);
      FloatVector k10 = FloatVector.fromArray(V, w, w1 + c);
      y0 = v10.fma(k10, y0);
      y1 = v11.fma(k10, y1);
      y2 = v12.fma(k10, y2);
      y3 = v13.fma(k10, y3);
      FloatVector k11 = FloatVector.fromArray(V, w, w1 + wStep + c);
      y0 = v11.fma(k11, y0);
      y1 = v12.fma(k11, y1);
      y2 = v13.fma(k11, y2);
      y3 = v14.fma(k11, y3);
      FloatVector k12 = FloatVector.fromArray(V, w, w1 + 2 * wStep + c);
      y0 = v12.fma(k12, y0);
      y1 = v13.fma(k12, y1);
      y2 = v14.fma(k12, y2);
      y3 = v15.fma(k12, y3);
      FloatVector v20 = FloatVector.fromArray(V, x, x20 + c);
      FloatVector v21 = FloatVector.fromArray(V, x, x21 + c);
      FloatVector v22 = FloatVector.fromArray(V, x, x22 + c);
      FloatVector v23 = FloatVector.fromArray(V, x, x23 + c);
      FloatVector v24 = FloatVector.fromArray(V, x, x24 + c);
      FloatVector v25 = FloatVector.fromArray(V, x, x25 + c);
      FloatVector k20 = FloatVector.fromArray(V, w, w2 + c);
      y0 = v20.fma(k20, y0);
      y1 = v21.fma(k20, y1);
      y2 = v22.fma(k20, y2);
      y3 = v23.fma(k20, y3);
      FloatVector k21 = FloatVector.fromArray(V, w, w2 + wStep + c);
      y0 = v21.fma(k21, y0);
      y1 = v22.fma(k21, y1);
      y2 = v23.fma(k21, y2);
      y3 = v24.fma(k21, y3);
      FloatVector k22 = FloatVector.fromArray(V, w, w2 + 2 * wStep + c);
      y0 = v22.fma(k22, y0);
      y1 = v23.fma(k22, y1);
      y2 = v24.fma(k22, y2);
      y3 = v25.fma(k22, y3);
      y0.intoArray(y, yOff + c);
      y1.intoArray(y, yOff + yStep + c);
      y2.intoArray(y, yOff + 2 * yStep + c);
      y3.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** Four outputs. */
  private static void fourThreeRows(
      int channels,
      float[] x,
      int xOff,
      int pixelStep,
      int tapStep,
      int rowStep,
      float[] w,
      int wOff,
      int wStep,
      int wRowStep,
      float[] s,
      int sOff,
      int sStep,
      float[] y,
      int yOff,
      int yStep) {
    int x00 = xOff;
    int x01 = xOff + pixelStep;
    int x02 = xOff + 2 * pixelStep;
    int x03 = xOff + 3 * pixelStep;
    int w0 = wOff;
    int x10 = xOff + rowStep;
    int x11 = xOff + rowStep + pixelStep;
    int x12 = xOff + rowStep + 2 * pixelStep;
    int x13 = xOff + rowStep + 3 * pixelStep;
    int w1 = wOff + wRowStep;
    int x20 = xOff + 2 * rowStep;
    int x21 = xOff + 2 * rowStep + pixelStep;
    int x22 = xOff + 2 * rowStep + 2 * pixelStep;
    int x23 = xOff + 2 * rowStep + 3 * pixelStep;
    int w2 = wOff + 2 * wRowStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector y1 = FloatVector.fromArray(V, s, sOff + sStep + c);
      FloatVector y2 = FloatVector.fromArray(V, s, sOff + 2 * sStep + c);
      FloatVector y3 = FloatVector.fromArray(V, s, sOff + 3 * sStep + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w0 + c);
      y0 = FloatVector.fromArray(V, x, x00 + c).fma(k00, y0);
      y1 = FloatVector.fromArray(V, x, x01 + c).fma(k00, y1);
      y2 = FloatVector.fromArray(V, x, x02 + c).fma(k00, y2);
      y3 = FloatVector.fromArray(V, x, x03 + c).fma(k00, y3);
      FloatVector k01 = FloatVector.fromArray(V, w, w0 + wStep + c);
      y0 = FloatVector.fromArray(V, x, x00 + tapStep + c).fma(k01, y0);
      y1 = FloatVector.fromArray(V, x, x01 + tapStep + c).fma(k01, y1);
      y2 = FloatVector.fromArray(V, x, x02 + tapStep + c).fma(k01, y2);
      y3 = FloatVector.fromArray(V, x, x03 + tapStep + c).fma(k01, y3);
      FloatVector k02 = FloatVector.fromArray(V, w, w0 + 2 * wStep + c);
      y0 = FloatVector.fromArray(V, x, x00 + 2 * tapStep + c).fma(k02, y0);
      y1 = FloatVector.fromArray(V, x, x01 + 2 * tapStep + c).fma(k02, y1);
      y2 = FloatVector.fromArray(V, x, x02 + 2 * tapStep + c).fma(k02, y2);
      y3 = FloatVector.fromArray(V, x, x03 + 2 * tapStep + c).fma(k02, y3);
      FloatVector k10 = FloatVector.fromArray(V, w, w1 + c);
      y0 = FloatVector.fromArray(V, x, x10 + c).fma(k10, y0);
      y1 = FloatVector.fromArray(V, x, x11 + c).fma(k10, y1);
      y2 = FloatVector.fromArray(V, x, x12 + c).fma(k10, y2);
      y3 = FloatVector.fromArray(V, x, x13 + c).fma(k10, y3);
      FloatVector k11 = FloatVector.fromArray(V, w, w1 + wStep + c);
      y0 = FloatVector.fromArray(V, x, x10 + tapStep + c).fma(k11, y0);
      y1 = FloatVector.fromArray(V, x, x11 + tapStep + c).fma(k11, y1);
      y2 = FloatVector.fromArray(V, x, x12 + tapStep + c).fma(k11, y2);
      y3 = FloatVector.fromArray(V, x, x13 + tapStep + c).fma(k11, y3);
      FloatVector k12 = FloatVector.fromArray(V, w, w1 + 2 * wStep + c);
      y0 = FloatVector.fromArray(V, x, x10 + 2 * tapStep + c).fma(k12, y0);
      y1 = FloatVector.fromArray(V, x, x11 + 2 * tapStep + c).fma(k12, y1);
      y2 = FloatVector.fromArray(V, x, x12 + 2 * tapStep + c).fma(k12, y2);
      y3 = FloatVector.fromArray(V, x, x13 + 2 * tapStep + c).fma(k12, y3);
      FloatVector k20 = FloatVector.fromArray(V, w, w2 + c);
      y0 = FloatVector.fromArray(V, x, x20 + c).fma(k20, y0);
      y1 = FloatVector.fromArray(V, x, x21 + c).fma(k20, y1);
      y2 = FloatVector.fromArray(V, x, x22 + c).fma(k20, y2);
      y3 = FloatVector.fromArray(V, x, x23 + c).fma(k20, y3);
      FloatVector k21 = FloatVector.fromArray(V, w, w2 + wStep + c);
      y0 = FloatVector.fromArray(V, x, x20 + tapStep + c).fma(k21, y0);
      y1 = FloatVector.fromArray(V, x, x21 + tapStep + c).fma(k21, y1);
      y2 = FloatVector.fromArray(V, x, x22 + tapStep + c).fma(k21, y2);
      y3 = FloatVector.fromArray(V, x, x23 + tapStep + c).fma(k21, y3);
      FloatVector k22 = FloatVector.fromArray(V, w, w2 + 2 * wStep + c);
      y0 = FloatVector.fromArray(V, x, x20 + 2 * tapStep + c).fma(k22, y0);
      y1 = FloatVector.fromArray(V, x, x21 + 2 * tapStep + c).fma(k22, y1);
      y2 = FloatVector.fromArray(V, x, x22 + 2 * tapStep + c).fma(k22, y2);
      y3 = FloatVector.fromArray(V, x, x23 + 2 * tapStep + c).fma(k22, y3);
      y0.intoArray(y, yOff + c);
      y1.intoArray(y, yOff + yStep + c);
      y2.intoArray(y, yOff + 2 * yStep + c);
      y3.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** One output. */
  private static void oneThreeRows(
      int channels,
      float[] x,
      int xOff,
      int tapStep,
      int rowStep,
      float[] w,
      int wOff,
      int wStep,
      int wRowStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    int x00 = xOff;
    int w0 = wOff;
    int x10 = xOff + rowStep;
    int w1 = wOff + wRowStep;
    int x20 = xOff + 2 * rowStep;
    int w2 = wOff + 2 * wRowStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w0 + c);
      y0 = FloatVector.fromArray(V, x, x00 + c).fma(k00, y0);
      FloatVector k01 = FloatVector.fromArray(V, w, w0 + wStep + c);
      y0 = FloatVector.fromArray(V, x, x00 + tapStep + c).fma(k01, y0);
      FloatVector k02 = FloatVector.fromArray(V, w, w0 + 2 * wStep + c);
      y0 = FloatVector.fromArray(V, x, x00 + 2 * tapStep + c).fma(k02, y0);
      FloatVector k10 = FloatVector.fromArray(V, w, w1 + c);
      y0 = FloatVector.fromArray(V, x, x10 + c).fma(k10, y0);
      FloatVector k11 = FloatVector.fromArray(V, w, w1 + wStep + c);
      y0 = FloatVector.fromArray(V, x, x10 + tapStep + c).fma(k11, y0);
      FloatVector k12 = FloatVector.fromArray(V, w, w1 + 2 * wStep + c);
      y0 = FloatVector.fromArray(V, x, x10 + 2 * tapStep + c).fma(k12, y0);
      FloatVector k20 = FloatVector.fromArray(V, w, w2 + c);
      y0 = FloatVector.fromArray(V, x, x20 + c).fma(k20, y0);
      FloatVector k21 = FloatVector.fromArray(V, w, w2 + wStep + c);
      y0 = FloatVector.fromArray(V, x, x20 + tapStep + c).fma(k21, y0);
      FloatVector k22 = FloatVector.fromArray(V, w, w2 + 2 * wStep + c);
      y0 = FloatVector.fromArray(V, x, x20 + 2 * tapStep + c).fma(k22, y0);
      y0.intoArray(y, yOff + c);
    }
  }

  /** Four outputs, three taps. */
  private static void fourThree(
      int channels,
      float[] x,
      int xOff,
      int pixelStep,
      int tapStep,
      float[] w,
      int wOff,
      int wStep,
      float[] s,
      int sOff,
      int sStep,
      float[] y,
      int yOff,
      int yStep) {
    int x00 = xOff;
    int x01 = xOff + pixelStep;
    int x02 = xOff + 2 * pixelStep;
    int x03 = xOff + 3 * pixelStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector y1 = FloatVector.fromArray(V, s, sOff + sStep + c);
      FloatVector y2 = FloatVector.fromArray(V, s, sOff + 2 * sStep + c);
      FloatVector y3 = FloatVector.fromArray(V, s, sOff + 3 * sStep + c);
      FloatVector k00 = FloatVector.fromArray(V, w, wOff + c);
      y0 = FloatVector.fromArray(V, x, x00 + c).fma(k00, y0);
      y1 = FloatVector.fromArray(V, x, x01 + c).fma(k00, y1);
      y2 = FloatVector.fromArray(V, x, x02 + c).fma(k00, y2);
      y3 = FloatVector.fromArray(V, x, x03 + c).fma(k00, y3);
      FloatVector k01 = FloatVector.fromArray(V, w, wOff + wStep + c);
      y0 = FloatVector.fromArray(V, x, x00 + tapStep + c).fma(k01, y0);
      y1 = FloatVector.fromArray(V, x, x01 + tapStep + c).fma(k01, y1);
      y2 = FloatVector.fromArray(V, x, x02 + tapStep + c).fma(k01, y2);
      y3 = FloatVector.fromArray(V, x, x03 + tapStep + c).fma(k01, y3);
      FloatVector k02 = FloatVector.fromArray(V, w, wOff + 2 * wStep + c);
      y0 = FloatVector.fromArray(V, x, x00 + 2 * tapStep + c).fma(k02, y0);
      y1 = FloatVector.fromArray(V, x, x01 + 2 * tapStep + c).fma(k02, y1);
      y2 = FloatVector.fromArray(V, x, x02 + 2 * tapStep + c).fma(k02, y2);
      y3 = FloatVector.fromArray(V, x, x03 + 2 * tapStep + c).fma(k02, y3);
      y0.intoArray(y, yOff + c);
      y1.intoArray(y, yOff + yStep + c);
      y2.intoArray(y, yOff + 2 * yStep + c);
      y3.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** Four outputs, one tap. */
  private static void fourOne(
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
    int x00 = xOff;
    int x01 = xOff + pixelStep;
    int x02 = xOff + 2 * pixelStep;
    int x03 = xOff + 3 * pixelStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector y1 = FloatVector.fromArray(V, s, sOff + sStep + c);
      FloatVector y2 = FloatVector.fromArray(V, s, sOff + 2 * sStep + c);
      FloatVector y3 = FloatVector.fromArray(V, s, sOff + 3 * sStep + c);
      FloatVector k00 = FloatVector.fromArray(V, w, wOff + c);
      y0 = FloatVector.fromArray(V, x, x00 + c).fma(k00, y0);
      y1 = FloatVector.fromArray(V, x, x01 + c).fma(k00, y1);
      y2 = FloatVector.fromArray(V, x, x02 + c).fma(k00, y2);
      y3 = FloatVector.fromArray(V, x, x03 + c).fma(k00, y3);
      y0.intoArray(y, yOff + c);
      y1.intoArray(y, yOff + yStep + c);
      y2.intoArray(y, yOff + 2 * yStep + c);
      y3.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** One output, three taps. */
  private static void oneThree(
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
    int x00 = xOff;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, wOff + c);
      y0 = FloatVector.fromArray(V, x, x00 + c).fma(k00, y0);
      FloatVector k01 = FloatVector.fromArray(V, w, wOff + wStep + c);
      y0 = FloatVector.fromArray(V, x, x00 + tapStep + c).fma(k01, y0);
      FloatVector k02 = FloatVector.fromArray(V, w, wOff + 2 * wStep + c);
      y0 = FloatVector.fromArray(V, x, x00 + 2 * tapStep + c).fma(k02, y0);
      y0.intoArray(y, yOff + c);
    }
  }

  /** One output, one tap. */
  private static void oneOne(
      int channels,
      float[] x,
      int xOff,
      float[] w,
      int wOff,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    int x00 = xOff;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, wOff + c);
      y0 = FloatVector.fromArray(V, x, x00 + c).fma(k00, y0);
      y0.intoArray(y, yOff + c);
    }
  }
}
