package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Outputs below each other, a vector of channels at a time, along a row: the weights stay in
 * registers, and so do inputs until the last window that reads them. A load serves up to nine
 * multiply-adds, and each line of inputs is read once for four rows of outputs, so that images
 * whose pixels lie a power of two apart, and push each other out of L1, do not read them from L2
 * again. Budget: 9 weights, 18 inputs, 4 sums.
 */
final class DepthwiseLines {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private DepthwiseLines() {}

  /**
   * {@code outRows} rows of outputs, 4, 2 or 1, with windows of {@code rows} rows, 3 or for one row
   * of outputs 2.
   */
  static void run(
      int rows,
      int stride,
      int outRows,
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
      int yRowStep,
      int yStep) {
    int which = 2 * outRows + rows + (stride == 2 ? 32 : 0);
    for (int c = 0; c < channels; c += L) {
      int xOff = x0 + c;
      int wOff = w0 + c;
      int sOff = s0 + c;
      int yOff = y0 + c;
      switch (which) {
        case 11 ->
            fourOf3(
                pixels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
                yRowStep, yStep);
        case 7 ->
            twoOf3(
                pixels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
                yRowStep, yStep);
        case 5 ->
            oneOf3(
                pixels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
                yStep);
        case 4 ->
            oneOf2(
                pixels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
                yStep);
        case 43 ->
            fourOf3ByTwo(
                pixels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
                yRowStep, yStep);
        case 39 ->
            twoOf3ByTwo(
                pixels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
                yRowStep, yStep);
        case 37 ->
            oneOf3ByTwo(
                pixels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
                yStep);
        case 36 ->
            oneOf2ByTwo(
                pixels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
                yStep);
        default ->
            throw new IllegalArgumentException(
                "expected 4, 2 or 1 rows of outputs and 3 or 2 of windows, got "
                    + outRows
                    + " and "
                    + rows);
      }
    }
  }

  /** Four outputs below each other, windows of 3 x 3. */
  private static void fourOf3(
      int pixels,
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
    FloatVector k00 = FloatVector.fromArray(V, w, wOff);
    FloatVector k01 = FloatVector.fromArray(V, w, wOff + wStep);
    FloatVector k02 = FloatVector.fromArray(V, w, wOff + 2 * wStep);
    FloatVector k10 = FloatVector.fromArray(V, w, wOff + wRowStep);
    FloatVector k11 = FloatVector.fromArray(V, w, wOff + wRowStep + wStep);
    FloatVector k12 = FloatVector.fromArray(V, w, wOff + wRowStep + 2 * wStep);
    FloatVector k20 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep);
    FloatVector k21 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + wStep);
    FloatVector k22 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + 2 * wStep);
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector v00 = FloatVector.fromArray(V, x, xOff);
    FloatVector v01 = FloatVector.fromArray(V, x, xOff + tapStep);
    FloatVector v10 = FloatVector.fromArray(V, x, xOff + rowStep);
    FloatVector v11 = FloatVector.fromArray(V, x, xOff + rowStep + tapStep);
    FloatVector v20 = FloatVector.fromArray(V, x, xOff + 2 * rowStep);
    FloatVector v21 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + tapStep);
    FloatVector v30 = FloatVector.fromArray(V, x, xOff + 3 * rowStep);
    FloatVector v31 = FloatVector.fromArray(V, x, xOff + 3 * rowStep + tapStep);
    FloatVector v40 = FloatVector.fromArray(V, x, xOff + 4 * rowStep);
    FloatVector v41 = FloatVector.fromArray(V, x, xOff + 4 * rowStep + tapStep);
    FloatVector v50 = FloatVector.fromArray(V, x, xOff + 5 * rowStep);
    FloatVector v51 = FloatVector.fromArray(V, x, xOff + 5 * rowStep + tapStep);
    int xi = xOff + 2 * tapStep;
    int yi = yOff;
    for (int i = 0; i < pixels; i++) {
      int x0 = xi;
      FloatVector v02 = FloatVector.fromArray(V, x, x0);
      FloatVector y0 = k00.fma(v00, start);
      y0 = k01.fma(v01, y0);
      y0 = k02.fma(v02, y0);
      v00 = v01;
      v01 = v02;
      int x1 = xi + rowStep;
      FloatVector v12 = FloatVector.fromArray(V, x, x1);
      y0 = k10.fma(v10, y0);
      y0 = k11.fma(v11, y0);
      y0 = k12.fma(v12, y0);
      FloatVector y1 = k00.fma(v10, start);
      y1 = k01.fma(v11, y1);
      y1 = k02.fma(v12, y1);
      v10 = v11;
      v11 = v12;
      int x2 = xi + 2 * rowStep;
      FloatVector v22 = FloatVector.fromArray(V, x, x2);
      y0 = k20.fma(v20, y0);
      y0 = k21.fma(v21, y0);
      y0 = k22.fma(v22, y0);
      y0.intoArray(y, yi);
      y1 = k10.fma(v20, y1);
      y1 = k11.fma(v21, y1);
      y1 = k12.fma(v22, y1);
      FloatVector y2 = k00.fma(v20, start);
      y2 = k01.fma(v21, y2);
      y2 = k02.fma(v22, y2);
      v20 = v21;
      v21 = v22;
      int x3 = xi + 3 * rowStep;
      FloatVector v32 = FloatVector.fromArray(V, x, x3);
      y1 = k20.fma(v30, y1);
      y1 = k21.fma(v31, y1);
      y1 = k22.fma(v32, y1);
      y1.intoArray(y, yi + yRowStep);
      y2 = k10.fma(v30, y2);
      y2 = k11.fma(v31, y2);
      y2 = k12.fma(v32, y2);
      FloatVector y3 = k00.fma(v30, start);
      y3 = k01.fma(v31, y3);
      y3 = k02.fma(v32, y3);
      v30 = v31;
      v31 = v32;
      int x4 = xi + 4 * rowStep;
      FloatVector v42 = FloatVector.fromArray(V, x, x4);
      y2 = k20.fma(v40, y2);
      y2 = k21.fma(v41, y2);
      y2 = k22.fma(v42, y2);
      y2.intoArray(y, yi + 2 * yRowStep);
      y3 = k10.fma(v40, y3);
      y3 = k11.fma(v41, y3);
      y3 = k12.fma(v42, y3);
      v40 = v41;
      v41 = v42;
      int x5 = xi + 5 * rowStep;
      FloatVector v52 = FloatVector.fromArray(V, x, x5);
      y3 = k20.fma(v50, y3);
      y3 = k21.fma(v51, y3);
      y3 = k22.fma(v52, y3);
      y3.intoArray(y, yi + 3 * yRowStep);
      v50 = v51;
      v51 = v52;
      xi += tapStep;
      yi += yStep;
    }
  }

  /** Two outputs below each other, windows of 3 x 3. */
  private static void twoOf3(
      int pixels,
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
    FloatVector k00 = FloatVector.fromArray(V, w, wOff);
    FloatVector k01 = FloatVector.fromArray(V, w, wOff + wStep);
    FloatVector k02 = FloatVector.fromArray(V, w, wOff + 2 * wStep);
    FloatVector k10 = FloatVector.fromArray(V, w, wOff + wRowStep);
    FloatVector k11 = FloatVector.fromArray(V, w, wOff + wRowStep + wStep);
    FloatVector k12 = FloatVector.fromArray(V, w, wOff + wRowStep + 2 * wStep);
    FloatVector k20 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep);
    FloatVector k21 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + wStep);
    FloatVector k22 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + 2 * wStep);
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector v00 = FloatVector.fromArray(V, x, xOff);
    FloatVector v01 = FloatVector.fromArray(V, x, xOff + tapStep);
    FloatVector v10 = FloatVector.fromArray(V, x, xOff + rowStep);
    FloatVector v11 = FloatVector.fromArray(V, x, xOff + rowStep + tapStep);
    FloatVector v20 = FloatVector.fromArray(V, x, xOff + 2 * rowStep);
    FloatVector v21 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + tapStep);
    FloatVector v30 = FloatVector.fromArray(V, x, xOff + 3 * rowStep);
    FloatVector v31 = FloatVector.fromArray(V, x, xOff + 3 * rowStep + tapStep);
    int xi = xOff + 2 * tapStep;
    int yi = yOff;
    for (int i = 0; i < pixels; i++) {
      int x0 = xi;
      FloatVector v02 = FloatVector.fromArray(V, x, x0);
      FloatVector y0 = k00.fma(v00, start);
      y0 = k01.fma(v01, y0);
      y0 = k02.fma(v02, y0);
      v00 = v01;
      v01 = v02;
      int x1 = xi + rowStep;
      FloatVector v12 = FloatVector.fromArray(V, x, x1);
      y0 = k10.fma(v10, y0);
      y0 = k11.fma(v11, y0);
      y0 = k12.fma(v12, y0);
      FloatVector y1 = k00.fma(v10, start);
      y1 = k01.fma(v11, y1);
      y1 = k02.fma(v12, y1);
      v10 = v11;
      v11 = v12;
      int x2 = xi + 2 * rowStep;
      FloatVector v22 = FloatVector.fromArray(V, x, x2);
      y0 = k20.fma(v20, y0);
      y0 = k21.fma(v21, y0);
      y0 = k22.fma(v22, y0);
      y0.intoArray(y, yi);
      y1 = k10.fma(v20, y1);
      y1 = k11.fma(v21, y1);
      y1 = k12.fma(v22, y1);
      v20 = v21;
      v21 = v22;
      int x3 = xi + 3 * rowStep;
      FloatVector v32 = FloatVector.fromArray(V, x, x3);
      y1 = k20.fma(v30, y1);
      y1 = k21.fma(v31, y1);
      y1 = k22.fma(v32, y1);
      y1.intoArray(y, yi + yRowStep);
      v30 = v31;
      v31 = v32;
      xi += tapStep;
      yi += yStep;
    }
  }

  /** One output, windows of 3 x 3. */
  private static void oneOf3(
      int pixels,
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
    FloatVector k00 = FloatVector.fromArray(V, w, wOff);
    FloatVector k01 = FloatVector.fromArray(V, w, wOff + wStep);
    FloatVector k02 = FloatVector.fromArray(V, w, wOff + 2 * wStep);
    FloatVector k10 = FloatVector.fromArray(V, w, wOff + wRowStep);
    FloatVector k11 = FloatVector.fromArray(V, w, wOff + wRowStep + wStep);
    FloatVector k12 = FloatVector.fromArray(V, w, wOff + wRowStep + 2 * wStep);
    FloatVector k20 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep);
    FloatVector k21 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + wStep);
    FloatVector k22 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + 2 * wStep);
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector v00 = FloatVector.fromArray(V, x, xOff);
    FloatVector v01 = FloatVector.fromArray(V, x, xOff + tapStep);
    FloatVector v10 = FloatVector.fromArray(V, x, xOff + rowStep);
    FloatVector v11 = FloatVector.fromArray(V, x, xOff + rowStep + tapStep);
    FloatVector v20 = FloatVector.fromArray(V, x, xOff + 2 * rowStep);
    FloatVector v21 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + tapStep);
    int xi = xOff + 2 * tapStep;
    int yi = yOff;
    for (int i = 0; i < pixels; i++) {
      int x0 = xi;
      FloatVector v02 = FloatVector.fromArray(V, x, x0);
      FloatVector y0 = k00.fma(v00, start);
      y0 = k01.fma(v01, y0);
      y0 = k02.fma(v02, y0);
      v00 = v01;
      v01 = v02;
      int x1 = xi + rowStep;
      FloatVector v12 = FloatVector.fromArray(V, x, x1);
      y0 = k10.fma(v10, y0);
      y0 = k11.fma(v11, y0);
      y0 = k12.fma(v12, y0);
      v10 = v11;
      v11 = v12;
      int x2 = xi + 2 * rowStep;
      FloatVector v22 = FloatVector.fromArray(V, x, x2);
      y0 = k20.fma(v20, y0);
      y0 = k21.fma(v21, y0);
      y0 = k22.fma(v22, y0);
      y0.intoArray(y, yi);
      v20 = v21;
      v21 = v22;
      xi += tapStep;
      yi += yStep;
    }
  }

  /** One output, windows of 2 x 3. */
  private static void oneOf2(
      int pixels,
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
    FloatVector k00 = FloatVector.fromArray(V, w, wOff);
    FloatVector k01 = FloatVector.fromArray(V, w, wOff + wStep);
    FloatVector k02 = FloatVector.fromArray(V, w, wOff + 2 * wStep);
    FloatVector k10 = FloatVector.fromArray(V, w, wOff + wRowStep);
    FloatVector k11 = FloatVector.fromArray(V, w, wOff + wRowStep + wStep);
    FloatVector k12 = FloatVector.fromArray(V, w, wOff + wRowStep + 2 * wStep);
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector v00 = FloatVector.fromArray(V, x, xOff);
    FloatVector v01 = FloatVector.fromArray(V, x, xOff + tapStep);
    FloatVector v10 = FloatVector.fromArray(V, x, xOff + rowStep);
    FloatVector v11 = FloatVector.fromArray(V, x, xOff + rowStep + tapStep);
    int xi = xOff + 2 * tapStep;
    int yi = yOff;
    for (int i = 0; i < pixels; i++) {
      int x0 = xi;
      FloatVector v02 = FloatVector.fromArray(V, x, x0);
      FloatVector y0 = k00.fma(v00, start);
      y0 = k01.fma(v01, y0);
      y0 = k02.fma(v02, y0);
      v00 = v01;
      v01 = v02;
      int x1 = xi + rowStep;
      FloatVector v12 = FloatVector.fromArray(V, x, x1);
      y0 = k10.fma(v10, y0);
      y0 = k11.fma(v11, y0);
      y0 = k12.fma(v12, y0);
      y0.intoArray(y, yi);
      v10 = v11;
      v11 = v12;
      xi += tapStep;
      yi += yStep;
    }
  }

  /** Four outputs below each other, windows of 3 x 3, a stride of 2. */
  private static void fourOf3ByTwo(
      int pixels,
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
    FloatVector k00 = FloatVector.fromArray(V, w, wOff);
    FloatVector k01 = FloatVector.fromArray(V, w, wOff + wStep);
    FloatVector k02 = FloatVector.fromArray(V, w, wOff + 2 * wStep);
    FloatVector k10 = FloatVector.fromArray(V, w, wOff + wRowStep);
    FloatVector k11 = FloatVector.fromArray(V, w, wOff + wRowStep + wStep);
    FloatVector k12 = FloatVector.fromArray(V, w, wOff + wRowStep + 2 * wStep);
    FloatVector k20 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep);
    FloatVector k21 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + wStep);
    FloatVector k22 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + 2 * wStep);
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector v00 = FloatVector.fromArray(V, x, xOff);
    FloatVector v10 = FloatVector.fromArray(V, x, xOff + rowStep);
    FloatVector v20 = FloatVector.fromArray(V, x, xOff + 2 * rowStep);
    FloatVector v30 = FloatVector.fromArray(V, x, xOff + 3 * rowStep);
    FloatVector v40 = FloatVector.fromArray(V, x, xOff + 4 * rowStep);
    FloatVector v50 = FloatVector.fromArray(V, x, xOff + 5 * rowStep);
    FloatVector v60 = FloatVector.fromArray(V, x, xOff + 6 * rowStep);
    FloatVector v70 = FloatVector.fromArray(V, x, xOff + 7 * rowStep);
    FloatVector v80 = FloatVector.fromArray(V, x, xOff + 8 * rowStep);
    int xi = xOff + tapStep;
    int yi = yOff;
    for (int i = 0; i < pixels; i++) {
      int x0 = xi;
      FloatVector v01 = FloatVector.fromArray(V, x, x0);
      FloatVector v02 = FloatVector.fromArray(V, x, x0 + tapStep);
      FloatVector y0 = k00.fma(v00, start);
      y0 = k01.fma(v01, y0);
      y0 = k02.fma(v02, y0);
      v00 = v02;
      int x1 = xi + rowStep;
      FloatVector v11 = FloatVector.fromArray(V, x, x1);
      FloatVector v12 = FloatVector.fromArray(V, x, x1 + tapStep);
      y0 = k10.fma(v10, y0);
      y0 = k11.fma(v11, y0);
      y0 = k12.fma(v12, y0);
      v10 = v12;
      int x2 = xi + 2 * rowStep;
      FloatVector v21 = FloatVector.fromArray(V, x, x2);
      FloatVector v22 = FloatVector.fromArray(V, x, x2 + tapStep);
      y0 = k20.fma(v20, y0);
      y0 = k21.fma(v21, y0);
      y0 = k22.fma(v22, y0);
      y0.intoArray(y, yi);
      FloatVector y1 = k00.fma(v20, start);
      y1 = k01.fma(v21, y1);
      y1 = k02.fma(v22, y1);
      v20 = v22;
      int x3 = xi + 3 * rowStep;
      FloatVector v31 = FloatVector.fromArray(V, x, x3);
      FloatVector v32 = FloatVector.fromArray(V, x, x3 + tapStep);
      y1 = k10.fma(v30, y1);
      y1 = k11.fma(v31, y1);
      y1 = k12.fma(v32, y1);
      v30 = v32;
      int x4 = xi + 4 * rowStep;
      FloatVector v41 = FloatVector.fromArray(V, x, x4);
      FloatVector v42 = FloatVector.fromArray(V, x, x4 + tapStep);
      y1 = k20.fma(v40, y1);
      y1 = k21.fma(v41, y1);
      y1 = k22.fma(v42, y1);
      y1.intoArray(y, yi + yRowStep);
      FloatVector y2 = k00.fma(v40, start);
      y2 = k01.fma(v41, y2);
      y2 = k02.fma(v42, y2);
      v40 = v42;
      int x5 = xi + 5 * rowStep;
      FloatVector v51 = FloatVector.fromArray(V, x, x5);
      FloatVector v52 = FloatVector.fromArray(V, x, x5 + tapStep);
      y2 = k10.fma(v50, y2);
      y2 = k11.fma(v51, y2);
      y2 = k12.fma(v52, y2);
      v50 = v52;
      int x6 = xi + 6 * rowStep;
      FloatVector v61 = FloatVector.fromArray(V, x, x6);
      FloatVector v62 = FloatVector.fromArray(V, x, x6 + tapStep);
      y2 = k20.fma(v60, y2);
      y2 = k21.fma(v61, y2);
      y2 = k22.fma(v62, y2);
      y2.intoArray(y, yi + 2 * yRowStep);
      FloatVector y3 = k00.fma(v60, start);
      y3 = k01.fma(v61, y3);
      y3 = k02.fma(v62, y3);
      v60 = v62;
      int x7 = xi + 7 * rowStep;
      FloatVector v71 = FloatVector.fromArray(V, x, x7);
      FloatVector v72 = FloatVector.fromArray(V, x, x7 + tapStep);
      y3 = k10.fma(v70, y3);
      y3 = k11.fma(v71, y3);
      y3 = k12.fma(v72, y3);
      v70 = v72;
      int x8 = xi + 8 * rowStep;
      FloatVector v81 = FloatVector.fromArray(V, x, x8);
      FloatVector v82 = FloatVector.fromArray(V, x, x8 + tapStep);
      y3 = k20.fma(v80, y3);
      y3 = k21.fma(v81, y3);
      y3 = k22.fma(v82, y3);
      y3.intoArray(y, yi + 3 * yRowStep);
      v80 = v82;
      xi += 2 * tapStep;
      yi += yStep;
    }
  }

  /** Two outputs below each other, windows of 3 x 3, a stride of 2. */
  private static void twoOf3ByTwo(
      int pixels,
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
    FloatVector k00 = FloatVector.fromArray(V, w, wOff);
    FloatVector k01 = FloatVector.fromArray(V, w, wOff + wStep);
    FloatVector k02 = FloatVector.fromArray(V, w, wOff + 2 * wStep);
    FloatVector k10 = FloatVector.fromArray(V, w, wOff + wRowStep);
    FloatVector k11 = FloatVector.fromArray(V, w, wOff + wRowStep + wStep);
    FloatVector k12 = FloatVector.fromArray(V, w, wOff + wRowStep + 2 * wStep);
    FloatVector k20 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep);
    FloatVector k21 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + wStep);
    FloatVector k22 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + 2 * wStep);
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector v00 = FloatVector.fromArray(V, x, xOff);
    FloatVector v10 = FloatVector.fromArray(V, x, xOff + rowStep);
    FloatVector v20 = FloatVector.fromArray(V, x, xOff + 2 * rowStep);
    FloatVector v30 = FloatVector.fromArray(V, x, xOff + 3 * rowStep);
    FloatVector v40 = FloatVector.fromArray(V, x, xOff + 4 * rowStep);
    int xi = xOff + tapStep;
    int yi = yOff;
    for (int i = 0; i < pixels; i++) {
      int x0 = xi;
      FloatVector v01 = FloatVector.fromArray(V, x, x0);
      FloatVector v02 = FloatVector.fromArray(V, x, x0 + tapStep);
      FloatVector y0 = k00.fma(v00, start);
      y0 = k01.fma(v01, y0);
      y0 = k02.fma(v02, y0);
      v00 = v02;
      int x1 = xi + rowStep;
      FloatVector v11 = FloatVector.fromArray(V, x, x1);
      FloatVector v12 = FloatVector.fromArray(V, x, x1 + tapStep);
      y0 = k10.fma(v10, y0);
      y0 = k11.fma(v11, y0);
      y0 = k12.fma(v12, y0);
      v10 = v12;
      int x2 = xi + 2 * rowStep;
      FloatVector v21 = FloatVector.fromArray(V, x, x2);
      FloatVector v22 = FloatVector.fromArray(V, x, x2 + tapStep);
      y0 = k20.fma(v20, y0);
      y0 = k21.fma(v21, y0);
      y0 = k22.fma(v22, y0);
      y0.intoArray(y, yi);
      FloatVector y1 = k00.fma(v20, start);
      y1 = k01.fma(v21, y1);
      y1 = k02.fma(v22, y1);
      v20 = v22;
      int x3 = xi + 3 * rowStep;
      FloatVector v31 = FloatVector.fromArray(V, x, x3);
      FloatVector v32 = FloatVector.fromArray(V, x, x3 + tapStep);
      y1 = k10.fma(v30, y1);
      y1 = k11.fma(v31, y1);
      y1 = k12.fma(v32, y1);
      v30 = v32;
      int x4 = xi + 4 * rowStep;
      FloatVector v41 = FloatVector.fromArray(V, x, x4);
      FloatVector v42 = FloatVector.fromArray(V, x, x4 + tapStep);
      y1 = k20.fma(v40, y1);
      y1 = k21.fma(v41, y1);
      y1 = k22.fma(v42, y1);
      y1.intoArray(y, yi + yRowStep);
      v40 = v42;
      xi += 2 * tapStep;
      yi += yStep;
    }
  }

  /** One output, windows of 3 x 3, a stride of 2. */
  private static void oneOf3ByTwo(
      int pixels,
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
    FloatVector k00 = FloatVector.fromArray(V, w, wOff);
    FloatVector k01 = FloatVector.fromArray(V, w, wOff + wStep);
    FloatVector k02 = FloatVector.fromArray(V, w, wOff + 2 * wStep);
    FloatVector k10 = FloatVector.fromArray(V, w, wOff + wRowStep);
    FloatVector k11 = FloatVector.fromArray(V, w, wOff + wRowStep + wStep);
    FloatVector k12 = FloatVector.fromArray(V, w, wOff + wRowStep + 2 * wStep);
    FloatVector k20 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep);
    FloatVector k21 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + wStep);
    FloatVector k22 = FloatVector.fromArray(V, w, wOff + 2 * wRowStep + 2 * wStep);
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector v00 = FloatVector.fromArray(V, x, xOff);
    FloatVector v10 = FloatVector.fromArray(V, x, xOff + rowStep);
    FloatVector v20 = FloatVector.fromArray(V, x, xOff + 2 * rowStep);
    int xi = xOff + tapStep;
    int yi = yOff;
    for (int i = 0; i < pixels; i++) {
      int x0 = xi;
      FloatVector v01 = FloatVector.fromArray(V, x, x0);
      FloatVector v02 = FloatVector.fromArray(V, x, x0 + tapStep);
      FloatVector y0 = k00.fma(v00, start);
      y0 = k01.fma(v01, y0);
      y0 = k02.fma(v02, y0);
      v00 = v02;
      int x1 = xi + rowStep;
      FloatVector v11 = FloatVector.fromArray(V, x, x1);
      FloatVector v12 = FloatVector.fromArray(V, x, x1 + tapStep);
      y0 = k10.fma(v10, y0);
      y0 = k11.fma(v11, y0);
      y0 = k12.fma(v12, y0);
      v10 = v12;
      int x2 = xi + 2 * rowStep;
      FloatVector v21 = FloatVector.fromArray(V, x, x2);
      FloatVector v22 = FloatVector.fromArray(V, x, x2 + tapStep);
      y0 = k20.fma(v20, y0);
      y0 = k21.fma(v21, y0);
      y0 = k22.fma(v22, y0);
      y0.intoArray(y, yi);
      v20 = v22;
      xi += 2 * tapStep;
      yi += yStep;
    }
  }

  /** One output, windows of 2 x 3, a stride of 2. */
  private static void oneOf2ByTwo(
      int pixels,
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
    FloatVector k00 = FloatVector.fromArray(V, w, wOff);
    FloatVector k01 = FloatVector.fromArray(V, w, wOff + wStep);
    FloatVector k02 = FloatVector.fromArray(V, w, wOff + 2 * wStep);
    FloatVector k10 = FloatVector.fromArray(V, w, wOff + wRowStep);
    FloatVector k11 = FloatVector.fromArray(V, w, wOff + wRowStep + wStep);
    FloatVector k12 = FloatVector.fromArray(V, w, wOff + wRowStep + 2 * wStep);
    FloatVector start = FloatVector.fromArray(V, s, sOff);
    FloatVector v00 = FloatVector.fromArray(V, x, xOff);
    FloatVector v10 = FloatVector.fromArray(V, x, xOff + rowStep);
    int xi = xOff + tapStep;
    int yi = yOff;
    for (int i = 0; i < pixels; i++) {
      int x0 = xi;
      FloatVector v01 = FloatVector.fromArray(V, x, x0);
      FloatVector v02 = FloatVector.fromArray(V, x, x0 + tapStep);
      FloatVector y0 = k00.fma(v00, start);
      y0 = k01.fma(v01, y0);
      y0 = k02.fma(v02, y0);
      v00 = v02;
      int x1 = xi + rowStep;
      FloatVector v11 = FloatVector.fromArray(V, x, x1);
      FloatVector v12 = FloatVector.fromArray(V, x, x1 + tapStep);
      y0 = k10.fma(v10, y0);
      y0 = k11.fma(v11, y0);
      y0 = k12.fma(v12, y0);
      y0.intoArray(y, yi);
      v10 = v12;
      xi += 2 * tapStep;
      yi += yStep;
    }
  }
}
