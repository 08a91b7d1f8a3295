package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.DepthwiseKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four outputs at a time, three taps at a time: what is left over of either goes one by one. The
 * inner loop runs over channels with a constant step, so that its range checks move out of it.
 * Budget: 4 accumulators + 3 weights + inputs that C2 loads ahead. Channels that do not fill a
 * vector go to {@code rest}.
 */
final class VectorDepthwise implements DepthwiseKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int PIXELS = 4;
  private static final int TAPS = 3;

  private final DepthwiseKernel rest;

  VectorDepthwise(DepthwiseKernel rest) {
    this.rest = rest;
  }

  @Override
  public void run(
      int taps,
      int pixels,
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
    int whole = V.loopBound(channels);
    int t = 0;
    float[] from = s;
    int fromOff = sOff;
    int fromStep = sStep;
    while (t < taps && whole > 0) {
      boolean three = taps - t >= TAPS;
      int i = 0;
      for (; pixels - i >= PIXELS; i += PIXELS) {
        if (three) {
          four3(
              whole,
              x,
              xOff + i * pixelStep + t * tapStep,
              pixelStep,
              tapStep,
              w,
              wOff + t * wStep,
              wStep,
              from,
              fromOff + i * fromStep,
              fromStep,
              y,
              yOff + i * yStep,
              yStep);
        } else {
          four1(
              whole,
              x,
              xOff + i * pixelStep + t * tapStep,
              pixelStep,
              w,
              wOff + t * wStep,
              from,
              fromOff + i * fromStep,
              fromStep,
              y,
              yOff + i * yStep,
              yStep);
        }
      }
      for (; i < pixels; i++) {
        if (three) {
          one3(
              whole,
              x,
              xOff + i * pixelStep + t * tapStep,
              tapStep,
              w,
              wOff + t * wStep,
              wStep,
              from,
              fromOff + i * fromStep,
              y,
              yOff + i * yStep);
        } else {
          one1(
              whole,
              x,
              xOff + i * pixelStep + t * tapStep,
              w,
              wOff + t * wStep,
              from,
              fromOff + i * fromStep,
              y,
              yOff + i * yStep);
        }
      }
      t += three ? TAPS : 1;
      from = y;
      fromOff = yOff;
      fromStep = yStep;
    }
    if (whole < channels) {
      rest.run(
          taps,
          pixels,
          channels - whole,
          x,
          xOff + whole,
          pixelStep,
          tapStep,
          w,
          wOff + whole,
          wStep,
          s,
          sOff + whole,
          sStep,
          y,
          yOff + whole,
          yStep);
    }
  }

  /** Four outputs, three taps. */
  private static void four3(
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
    int x0 = xOff;
    int x1 = xOff + pixelStep;
    int x2 = xOff + 2 * pixelStep;
    int x3 = xOff + 3 * pixelStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector y1 = FloatVector.fromArray(V, s, sOff + sStep + c);
      FloatVector y2 = FloatVector.fromArray(V, s, sOff + 2 * sStep + c);
      FloatVector y3 = FloatVector.fromArray(V, s, sOff + 3 * sStep + c);
      FloatVector w0 = FloatVector.fromArray(V, w, wOff + c);
      y0 = FloatVector.fromArray(V, x, x0 + c).fma(w0, y0);
      y1 = FloatVector.fromArray(V, x, x1 + c).fma(w0, y1);
      y2 = FloatVector.fromArray(V, x, x2 + c).fma(w0, y2);
      y3 = FloatVector.fromArray(V, x, x3 + c).fma(w0, y3);
      FloatVector w1 = FloatVector.fromArray(V, w, wOff + wStep + c);
      y0 = FloatVector.fromArray(V, x, x0 + tapStep + c).fma(w1, y0);
      y1 = FloatVector.fromArray(V, x, x1 + tapStep + c).fma(w1, y1);
      y2 = FloatVector.fromArray(V, x, x2 + tapStep + c).fma(w1, y2);
      y3 = FloatVector.fromArray(V, x, x3 + tapStep + c).fma(w1, y3);
      FloatVector w2 = FloatVector.fromArray(V, w, wOff + 2 * wStep + c);
      y0 = FloatVector.fromArray(V, x, x0 + 2 * tapStep + c).fma(w2, y0);
      y1 = FloatVector.fromArray(V, x, x1 + 2 * tapStep + c).fma(w2, y1);
      y2 = FloatVector.fromArray(V, x, x2 + 2 * tapStep + c).fma(w2, y2);
      y3 = FloatVector.fromArray(V, x, x3 + 2 * tapStep + c).fma(w2, y3);
      y0.intoArray(y, yOff + c);
      y1.intoArray(y, yOff + yStep + c);
      y2.intoArray(y, yOff + 2 * yStep + c);
      y3.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** Four outputs, one tap. */
  private static void four1(
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
    int x0 = xOff;
    int x1 = xOff + pixelStep;
    int x2 = xOff + 2 * pixelStep;
    int x3 = xOff + 3 * pixelStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector y1 = FloatVector.fromArray(V, s, sOff + sStep + c);
      FloatVector y2 = FloatVector.fromArray(V, s, sOff + 2 * sStep + c);
      FloatVector y3 = FloatVector.fromArray(V, s, sOff + 3 * sStep + c);
      FloatVector w0 = FloatVector.fromArray(V, w, wOff + c);
      y0 = FloatVector.fromArray(V, x, x0 + c).fma(w0, y0);
      y1 = FloatVector.fromArray(V, x, x1 + c).fma(w0, y1);
      y2 = FloatVector.fromArray(V, x, x2 + c).fma(w0, y2);
      y3 = FloatVector.fromArray(V, x, x3 + c).fma(w0, y3);
      y0.intoArray(y, yOff + c);
      y1.intoArray(y, yOff + yStep + c);
      y2.intoArray(y, yOff + 2 * yStep + c);
      y3.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** One output, three taps. */
  private static void one3(
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
    int x0 = xOff;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector w0 = FloatVector.fromArray(V, w, wOff + c);
      y0 = FloatVector.fromArray(V, x, x0 + c).fma(w0, y0);
      FloatVector w1 = FloatVector.fromArray(V, w, wOff + wStep + c);
      y0 = FloatVector.fromArray(V, x, x0 + tapStep + c).fma(w1, y0);
      FloatVector w2 = FloatVector.fromArray(V, w, wOff + 2 * wStep + c);
      y0 = FloatVector.fromArray(V, x, x0 + 2 * tapStep + c).fma(w2, y0);
      y0.intoArray(y, yOff + c);
    }
  }

  /** One output, one tap. */
  private static void one1(
      int channels,
      float[] x,
      int xOff,
      float[] w,
      int wOff,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    int x0 = xOff;
    for (int c = 0; c < channels; c += L) {
      FloatVector y0 = FloatVector.fromArray(V, s, sOff + c);
      FloatVector w0 = FloatVector.fromArray(V, w, wOff + c);
      y0 = FloatVector.fromArray(V, x, x0 + c).fma(w0, y0);
      y0.intoArray(y, yOff + c);
    }
  }
}
