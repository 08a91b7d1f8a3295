package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of outputs with windows of five taps, a vector of channels at a time: sums stay in registers
 * from the first row to the last.
 */
final class DepthwiseWide {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private DepthwiseWide() {}

  /** A row of outputs, {@code stride} taps from one to the next, 1 or 2. */
  static void run(
      int rows,
      int stride,
      int pixels,
      int channels,
      float[] x,
      int x0,
      int rowStep,
      int tapStep,
      float[] w,
      int w0,
      int wRowStep,
      int wStep,
      float[] s,
      int s0,
      float[] y,
      int y0,
      int yStep) {
    for (int c = 0; c < channels; c += L) {
      int wOff = w0 + c;
      int sOff = s0 + c;
      for (int i = 0; i < pixels; ) {
        int xOff = x0 + i * stride * tapStep + c;
        int yOff = y0 + i * yStep + c;
        if (pixels - i >= 4 && stride == 1) {
          four(rows, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff, yStep);
          i += 4;
        } else if (pixels - i >= 4) {
          fourByTwo(
              rows, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff, yStep);
          i += 4;
        } else if (pixels - i >= 2 && stride == 1) {
          two(rows, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff, yStep);
          i += 2;
        } else if (pixels - i >= 2) {
          twoByTwo(
              rows, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff, yStep);
          i += 2;
        } else {
          one(rows, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff);
          i += 1;
        }
      }
    }
  }

  /** Four outputs side by side. */
  private static void four(
      int rows,
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
      int yStep) {
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector y0 = start;
    FloatVector y1 = start;
    FloatVector y2 = start;
    FloatVector y3 = start;
    int xi = xOff;
    int wi = wOff;
    for (int r = 0; r < rows; r++) {
      FloatVector v0 = FloatVector.fromArray(V, x, xi);
      FloatVector v1 = FloatVector.fromArray(V, x, xi + tapStep);
      FloatVector v2 = FloatVector.fromArray(V, x, xi + 2 * tapStep);
      FloatVector v3 = FloatVector.fromArray(V, x, xi + 3 * tapStep);
      FloatVector v4 = FloatVector.fromArray(V, x, xi + 4 * tapStep);
      FloatVector v5 = FloatVector.fromArray(V, x, xi + 5 * tapStep);
      FloatVector v6 = FloatVector.fromArray(V, x, xi + 6 * tapStep);
      FloatVector v7 = FloatVector.fromArray(V, x, xi + 7 * tapStep);
      FloatVector k0 = FloatVector.fromArray(V, w, wi);
      y0 = k0.fma(v0, y0);
      y1 = k0.fma(v1, y1);
      y2 = k0.fma(v2, y2);
      y3 = k0.fma(v3, y3);
      FloatVector k1 = FloatVector.fromArray(V, w, wi + wStep);
      y0 = k1.fma(v1, y0);
      y1 = k1.fma(v2, y1);
      y2 = k1.fma(v3, y2);
      y3 = k1.fma(v4, y3);
      FloatVector k2 = FloatVector.fromArray(V, w, wi + 2 * wStep);
      y0 = k2.fma(v2, y0);
      y1 = k2.fma(v3, y1);
      y2 = k2.fma(v4, y2);
      y3 = k2.fma(v5, y3);
      FloatVector k3 = FloatVector.fromArray(V, w, wi + 3 * wStep);
      y0 = k3.fma(v3, y0);
      y1 = k3.fma(v4, y1);
      y2 = k3.fma(v5, y2);
      y3 = k3.fma(v6, y3);
      FloatVector k4 = FloatVector.fromArray(V, w, wi + 4 * wStep);
      y0 = k4.fma(v4, y0);
      y1 = k4.fma(v5, y1);
      y2 = k4.fma(v6, y2);
      y3 = k4.fma(v7, y3);
      xi += rowStep;
      wi += wRowStep;
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(y0).intoArray(y, yOff);
    zero.add(y1).intoArray(y, yOff + yStep);
    zero.add(y2).intoArray(y, yOff + 2 * yStep);
    zero.add(y3).intoArray(y, yOff + 3 * yStep);
  }

  /** Four outputs side by side, a stride of 2. */
  private static void fourByTwo(
      int rows,
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
      int yStep) {
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector y0 = start;
    FloatVector y1 = start;
    FloatVector y2 = start;
    FloatVector y3 = start;
    int xi = xOff;
    int wi = wOff;
    for (int r = 0; r < rows; r++) {
      FloatVector v0 = FloatVector.fromArray(V, x, xi);
      FloatVector v1 = FloatVector.fromArray(V, x, xi + tapStep);
      FloatVector v2 = FloatVector.fromArray(V, x, xi + 2 * tapStep);
      FloatVector v3 = FloatVector.fromArray(V, x, xi + 3 * tapStep);
      FloatVector v4 = FloatVector.fromArray(V, x, xi + 4 * tapStep);
      FloatVector v5 = FloatVector.fromArray(V, x, xi + 5 * tapStep);
      FloatVector v6 = FloatVector.fromArray(V, x, xi + 6 * tapStep);
      FloatVector v7 = FloatVector.fromArray(V, x, xi + 7 * tapStep);
      FloatVector v8 = FloatVector.fromArray(V, x, xi + 8 * tapStep);
      FloatVector v9 = FloatVector.fromArray(V, x, xi + 9 * tapStep);
      FloatVector v10 = FloatVector.fromArray(V, x, xi + 10 * tapStep);
      FloatVector k0 = FloatVector.fromArray(V, w, wi);
      y0 = k0.fma(v0, y0);
      y1 = k0.fma(v2, y1);
      y2 = k0.fma(v4, y2);
      y3 = k0.fma(v6, y3);
      FloatVector k1 = FloatVector.fromArray(V, w, wi + wStep);
      y0 = k1.fma(v1, y0);
      y1 = k1.fma(v3, y1);
      y2 = k1.fma(v5, y2);
      y3 = k1.fma(v7, y3);
      FloatVector k2 = FloatVector.fromArray(V, w, wi + 2 * wStep);
      y0 = k2.fma(v2, y0);
      y1 = k2.fma(v4, y1);
      y2 = k2.fma(v6, y2);
      y3 = k2.fma(v8, y3);
      FloatVector k3 = FloatVector.fromArray(V, w, wi + 3 * wStep);
      y0 = k3.fma(v3, y0);
      y1 = k3.fma(v5, y1);
      y2 = k3.fma(v7, y2);
      y3 = k3.fma(v9, y3);
      FloatVector k4 = FloatVector.fromArray(V, w, wi + 4 * wStep);
      y0 = k4.fma(v4, y0);
      y1 = k4.fma(v6, y1);
      y2 = k4.fma(v8, y2);
      y3 = k4.fma(v10, y3);
      xi += rowStep;
      wi += wRowStep;
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(y0).intoArray(y, yOff);
    zero.add(y1).intoArray(y, yOff + yStep);
    zero.add(y2).intoArray(y, yOff + 2 * yStep);
    zero.add(y3).intoArray(y, yOff + 3 * yStep);
  }

  /** Two outputs side by side. */
  private static void two(
      int rows,
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
      int yStep) {
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector y0 = start;
    FloatVector y1 = start;
    int xi = xOff;
    int wi = wOff;
    for (int r = 0; r < rows; r++) {
      FloatVector v0 = FloatVector.fromArray(V, x, xi);
      FloatVector v1 = FloatVector.fromArray(V, x, xi + tapStep);
      FloatVector v2 = FloatVector.fromArray(V, x, xi + 2 * tapStep);
      FloatVector v3 = FloatVector.fromArray(V, x, xi + 3 * tapStep);
      FloatVector v4 = FloatVector.fromArray(V, x, xi + 4 * tapStep);
      FloatVector v5 = FloatVector.fromArray(V, x, xi + 5 * tapStep);
      FloatVector k0 = FloatVector.fromArray(V, w, wi);
      y0 = k0.fma(v0, y0);
      y1 = k0.fma(v1, y1);
      FloatVector k1 = FloatVector.fromArray(V, w, wi + wStep);
      y0 = k1.fma(v1, y0);
      y1 = k1.fma(v2, y1);
      FloatVector k2 = FloatVector.fromArray(V, w, wi + 2 * wStep);
      y0 = k2.fma(v2, y0);
      y1 = k2.fma(v3, y1);
      FloatVector k3 = FloatVector.fromArray(V, w, wi + 3 * wStep);
      y0 = k3.fma(v3, y0);
      y1 = k3.fma(v4, y1);
      FloatVector k4 = FloatVector.fromArray(V, w, wi + 4 * wStep);
      y0 = k4.fma(v4, y0);
      y1 = k4.fma(v5, y1);
      xi += rowStep;
      wi += wRowStep;
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(y0).intoArray(y, yOff);
    zero.add(y1).intoArray(y, yOff + yStep);
  }

  /** Two outputs side by side, a stride of 2. */
  private static void twoByTwo(
      int rows,
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
      int yStep) {
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector y0 = start;
    FloatVector y1 = start;
    int xi = xOff;
    int wi = wOff;
    for (int r = 0; r < rows; r++) {
      FloatVector v0 = FloatVector.fromArray(V, x, xi);
      FloatVector v1 = FloatVector.fromArray(V, x, xi + tapStep);
      FloatVector v2 = FloatVector.fromArray(V, x, xi + 2 * tapStep);
      FloatVector v3 = FloatVector.fromArray(V, x, xi + 3 * tapStep);
      FloatVector v4 = FloatVector.fromArray(V, x, xi + 4 * tapStep);
      FloatVector v5 = FloatVector.fromArray(V, x, xi + 5 * tapStep);
      FloatVector v6 = FloatVector.fromArray(V, x, xi + 6 * tapStep);
      FloatVector k0 = FloatVector.fromArray(V, w, wi);
      y0 = k0.fma(v0, y0);
      y1 = k0.fma(v2, y1);
      FloatVector k1 = FloatVector.fromArray(V, w, wi + wStep);
      y0 = k1.fma(v1, y0);
      y1 = k1.fma(v3, y1);
      FloatVector k2 = FloatVector.fromArray(V, w, wi + 2 * wStep);
      y0 = k2.fma(v2, y0);
      y1 = k2.fma(v4, y1);
      FloatVector k3 = FloatVector.fromArray(V, w, wi + 3 * wStep);
      y0 = k3.fma(v3, y0);
      y1 = k3.fma(v5, y1);
      FloatVector k4 = FloatVector.fromArray(V, w, wi + 4 * wStep);
      y0 = k4.fma(v4, y0);
      y1 = k4.fma(v6, y1);
      xi += rowStep;
      wi += wRowStep;
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(y0).intoArray(y, yOff);
    zero.add(y1).intoArray(y, yOff + yStep);
  }

  /** One output. */
  private static void one(
      int rows,
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
      int yOff) {
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector y0 = start;
    int xi = xOff;
    int wi = wOff;
    for (int r = 0; r < rows; r++) {
      FloatVector v0 = FloatVector.fromArray(V, x, xi);
      FloatVector v1 = FloatVector.fromArray(V, x, xi + tapStep);
      FloatVector v2 = FloatVector.fromArray(V, x, xi + 2 * tapStep);
      FloatVector v3 = FloatVector.fromArray(V, x, xi + 3 * tapStep);
      FloatVector v4 = FloatVector.fromArray(V, x, xi + 4 * tapStep);
      FloatVector k0 = FloatVector.fromArray(V, w, wi);
      y0 = k0.fma(v0, y0);
      FloatVector k1 = FloatVector.fromArray(V, w, wi + wStep);
      y0 = k1.fma(v1, y0);
      FloatVector k2 = FloatVector.fromArray(V, w, wi + 2 * wStep);
      y0 = k2.fma(v2, y0);
      FloatVector k3 = FloatVector.fromArray(V, w, wi + 3 * wStep);
      y0 = k3.fma(v3, y0);
      FloatVector k4 = FloatVector.fromArray(V, w, wi + 4 * wStep);
      y0 = k4.fma(v4, y0);
      xi += rowStep;
      wi += wRowStep;
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(y0).intoArray(y, yOff);
  }
}
