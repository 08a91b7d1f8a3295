package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Windows of outputs at any distance; with a stride of 2 neighbours share a row or a column. */
final class DepthwiseStrided {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private DepthwiseStrided() {}

  /** A stride of 2: 25 inputs for 4 outputs. */
  static void twoByTwoOf3x3(
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
    int x00 = xOff;
    int x01 = xOff + tapStep;
    int x02 = xOff + 2 * tapStep;
    int x03 = xOff + 3 * tapStep;
    int x04 = xOff + 4 * tapStep;
    int x10 = xOff + rowStep;
    int x11 = xOff + rowStep + tapStep;
    int x12 = xOff + rowStep + 2 * tapStep;
    int x13 = xOff + rowStep + 3 * tapStep;
    int x14 = xOff + rowStep + 4 * tapStep;
    int x20 = xOff + 2 * rowStep;
    int x21 = xOff + 2 * rowStep + tapStep;
    int x22 = xOff + 2 * rowStep + 2 * tapStep;
    int x23 = xOff + 2 * rowStep + 3 * tapStep;
    int x24 = xOff + 2 * rowStep + 4 * tapStep;
    int x30 = xOff + 3 * rowStep;
    int x31 = xOff + 3 * rowStep + tapStep;
    int x32 = xOff + 3 * rowStep + 2 * tapStep;
    int x33 = xOff + 3 * rowStep + 3 * tapStep;
    int x34 = xOff + 3 * rowStep + 4 * tapStep;
    int x40 = xOff + 4 * rowStep;
    int x41 = xOff + 4 * rowStep + tapStep;
    int x42 = xOff + 4 * rowStep + 2 * tapStep;
    int x43 = xOff + 4 * rowStep + 3 * tapStep;
    int x44 = xOff + 4 * rowStep + 4 * tapStep;
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w12 = wOff + wRowStep + 2 * wStep;
    int w20 = wOff + 2 * wRowStep;
    int w21 = wOff + 2 * wRowStep + wStep;
    int w22 = wOff + 2 * wRowStep + 2 * wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector v00 = FloatVector.fromArray(V, x, x00 + c);
      FloatVector v01 = FloatVector.fromArray(V, x, x01 + c);
      FloatVector v02 = FloatVector.fromArray(V, x, x02 + c);
      FloatVector v03 = FloatVector.fromArray(V, x, x03 + c);
      FloatVector v04 = FloatVector.fromArray(V, x, x04 + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = v00.fma(k00, start);
      FloatVector y01 = v02.fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = v01.fma(k01, y00);
      y01 = v03.fma(k01, y01);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = v02.fma(k02, y00);
      y01 = v04.fma(k02, y01);
      FloatVector v10 = FloatVector.fromArray(V, x, x10 + c);
      FloatVector v11 = FloatVector.fromArray(V, x, x11 + c);
      FloatVector v12 = FloatVector.fromArray(V, x, x12 + c);
      FloatVector v13 = FloatVector.fromArray(V, x, x13 + c);
      FloatVector v14 = FloatVector.fromArray(V, x, x14 + c);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = v10.fma(k10, y00);
      y01 = v12.fma(k10, y01);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = v11.fma(k11, y00);
      y01 = v13.fma(k11, y01);
      FloatVector k12 = FloatVector.fromArray(V, w, w12 + c);
      y00 = v12.fma(k12, y00);
      y01 = v14.fma(k12, y01);
      FloatVector v20 = FloatVector.fromArray(V, x, x20 + c);
      FloatVector v21 = FloatVector.fromArray(V, x, x21 + c);
      FloatVector v22 = FloatVector.fromArray(V, x, x22 + c);
      FloatVector v23 = FloatVector.fromArray(V, x, x23 + c);
      FloatVector v24 = FloatVector.fromArray(V, x, x24 + c);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = v20.fma(k20, y00);
      y01 = v22.fma(k20, y01);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = v21.fma(k21, y00);
      y01 = v23.fma(k21, y01);
      FloatVector k22 = FloatVector.fromArray(V, w, w22 + c);
      y00 = v22.fma(k22, y00);
      y01 = v24.fma(k22, y01);
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      FloatVector y10 = v20.fma(k00, start);
      FloatVector y11 = v22.fma(k00, start);
      y10 = v21.fma(k01, y10);
      y11 = v23.fma(k01, y11);
      y10 = v22.fma(k02, y10);
      y11 = v24.fma(k02, y11);
      FloatVector v30 = FloatVector.fromArray(V, x, x30 + c);
      FloatVector v31 = FloatVector.fromArray(V, x, x31 + c);
      FloatVector v32 = FloatVector.fromArray(V, x, x32 + c);
      FloatVector v33 = FloatVector.fromArray(V, x, x33 + c);
      FloatVector v34 = FloatVector.fromArray(V, x, x34 + c);
      y10 = v30.fma(k10, y10);
      y11 = v32.fma(k10, y11);
      y10 = v31.fma(k11, y10);
      y11 = v33.fma(k11, y11);
      y10 = v32.fma(k12, y10);
      y11 = v34.fma(k12, y11);
      FloatVector v40 = FloatVector.fromArray(V, x, x40 + c);
      FloatVector v41 = FloatVector.fromArray(V, x, x41 + c);
      FloatVector v42 = FloatVector.fromArray(V, x, x42 + c);
      FloatVector v43 = FloatVector.fromArray(V, x, x43 + c);
      FloatVector v44 = FloatVector.fromArray(V, x, x44 + c);
      y10 = v40.fma(k20, y10);
      y11 = v42.fma(k20, y11);
      y10 = v41.fma(k21, y10);
      y11 = v43.fma(k21, y11);
      y10 = v42.fma(k22, y10);
      y11 = v44.fma(k22, y11);
      y10.intoArray(y, yOff + yRowStep + c);
      y11.intoArray(y, yOff + yRowStep + yStep + c);
    }
  }

  /** Four outputs side by side. */
  static void oneByFourOf3x3(
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
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w12 = wOff + wRowStep + 2 * wStep;
    int w20 = wOff + 2 * wRowStep;
    int w21 = wOff + 2 * wRowStep + wStep;
    int w22 = wOff + 2 * wRowStep + 2 * wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector y01 = FloatVector.fromArray(V, x, xOff + pixelStep + c).fma(k00, start);
      FloatVector y02 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + c).fma(k00, start);
      FloatVector y03 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + c).fma(k00, start);
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
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + c).fma(k10, y00);
      y01 = FloatVector.fromArray(V, x, xOff + rowStep + pixelStep + c).fma(k10, y01);
      y02 = FloatVector.fromArray(V, x, xOff + rowStep + 2 * pixelStep + c).fma(k10, y02);
      y03 = FloatVector.fromArray(V, x, xOff + rowStep + 3 * pixelStep + c).fma(k10, y03);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + tapStep + c).fma(k11, y00);
      y01 = FloatVector.fromArray(V, x, xOff + rowStep + pixelStep + tapStep + c).fma(k11, y01);
      y02 = FloatVector.fromArray(V, x, xOff + rowStep + 2 * pixelStep + tapStep + c).fma(k11, y02);
      y03 = FloatVector.fromArray(V, x, xOff + rowStep + 3 * pixelStep + tapStep + c).fma(k11, y03);
      FloatVector k12 = FloatVector.fromArray(V, w, w12 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + 2 * tapStep + c).fma(k12, y00);
      y01 = FloatVector.fromArray(V, x, xOff + rowStep + pixelStep + 2 * tapStep + c).fma(k12, y01);
      y02 =
          FloatVector.fromArray(V, x, xOff + rowStep + 2 * pixelStep + 2 * tapStep + c)
              .fma(k12, y02);
      y03 =
          FloatVector.fromArray(V, x, xOff + rowStep + 3 * pixelStep + 2 * tapStep + c)
              .fma(k12, y03);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + c).fma(k20, y00);
      y01 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + pixelStep + c).fma(k20, y01);
      y02 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + 2 * pixelStep + c).fma(k20, y02);
      y03 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + 3 * pixelStep + c).fma(k20, y03);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + tapStep + c).fma(k21, y00);
      y01 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + pixelStep + tapStep + c).fma(k21, y01);
      y02 =
          FloatVector.fromArray(V, x, xOff + 2 * rowStep + 2 * pixelStep + tapStep + c)
              .fma(k21, y02);
      y03 =
          FloatVector.fromArray(V, x, xOff + 2 * rowStep + 3 * pixelStep + tapStep + c)
              .fma(k21, y03);
      FloatVector k22 = FloatVector.fromArray(V, w, w22 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + 2 * tapStep + c).fma(k22, y00);
      y01 =
          FloatVector.fromArray(V, x, xOff + 2 * rowStep + pixelStep + 2 * tapStep + c)
              .fma(k22, y01);
      y02 =
          FloatVector.fromArray(V, x, xOff + 2 * rowStep + 2 * pixelStep + 2 * tapStep + c)
              .fma(k22, y02);
      y03 =
          FloatVector.fromArray(V, x, xOff + 2 * rowStep + 3 * pixelStep + 2 * tapStep + c)
              .fma(k22, y03);
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** One output. */
  static void oneByOneOf3x3(
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
      int yOff) {
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w12 = wOff + wRowStep + 2 * wStep;
    int w20 = wOff + 2 * wRowStep;
    int w21 = wOff + 2 * wRowStep + wStep;
    int w22 = wOff + 2 * wRowStep + 2 * wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = FloatVector.fromArray(V, x, xOff + tapStep + c).fma(k01, y00);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * tapStep + c).fma(k02, y00);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + c).fma(k10, y00);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + tapStep + c).fma(k11, y00);
      FloatVector k12 = FloatVector.fromArray(V, w, w12 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + 2 * tapStep + c).fma(k12, y00);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + c).fma(k20, y00);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + tapStep + c).fma(k21, y00);
      FloatVector k22 = FloatVector.fromArray(V, w, w22 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + 2 * tapStep + c).fma(k22, y00);
      y00.intoArray(y, yOff + c);
    }
  }

  /** One output at the left or right border. */
  static void oneByOneOf3x2(
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
      int yOff) {
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w20 = wOff + 2 * wRowStep;
    int w21 = wOff + 2 * wRowStep + wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = FloatVector.fromArray(V, x, xOff + tapStep + c).fma(k01, y00);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + c).fma(k10, y00);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + tapStep + c).fma(k11, y00);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + c).fma(k20, y00);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + tapStep + c).fma(k21, y00);
      y00.intoArray(y, yOff + c);
    }
  }

  /** Four outputs at the upper or lower border. */
  static void oneByFourOf2x3(
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
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w12 = wOff + wRowStep + 2 * wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector y01 = FloatVector.fromArray(V, x, xOff + pixelStep + c).fma(k00, start);
      FloatVector y02 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + c).fma(k00, start);
      FloatVector y03 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + c).fma(k00, start);
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
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + c).fma(k10, y00);
      y01 = FloatVector.fromArray(V, x, xOff + rowStep + pixelStep + c).fma(k10, y01);
      y02 = FloatVector.fromArray(V, x, xOff + rowStep + 2 * pixelStep + c).fma(k10, y02);
      y03 = FloatVector.fromArray(V, x, xOff + rowStep + 3 * pixelStep + c).fma(k10, y03);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + tapStep + c).fma(k11, y00);
      y01 = FloatVector.fromArray(V, x, xOff + rowStep + pixelStep + tapStep + c).fma(k11, y01);
      y02 = FloatVector.fromArray(V, x, xOff + rowStep + 2 * pixelStep + tapStep + c).fma(k11, y02);
      y03 = FloatVector.fromArray(V, x, xOff + rowStep + 3 * pixelStep + tapStep + c).fma(k11, y03);
      FloatVector k12 = FloatVector.fromArray(V, w, w12 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + 2 * tapStep + c).fma(k12, y00);
      y01 = FloatVector.fromArray(V, x, xOff + rowStep + pixelStep + 2 * tapStep + c).fma(k12, y01);
      y02 =
          FloatVector.fromArray(V, x, xOff + rowStep + 2 * pixelStep + 2 * tapStep + c)
              .fma(k12, y02);
      y03 =
          FloatVector.fromArray(V, x, xOff + rowStep + 3 * pixelStep + 2 * tapStep + c)
              .fma(k12, y03);
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** One output at the upper or lower border. */
  static void oneByOneOf2x3(
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
      int yOff) {
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w12 = wOff + wRowStep + 2 * wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = FloatVector.fromArray(V, x, xOff + tapStep + c).fma(k01, y00);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * tapStep + c).fma(k02, y00);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + c).fma(k10, y00);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + tapStep + c).fma(k11, y00);
      FloatVector k12 = FloatVector.fromArray(V, w, w12 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + 2 * tapStep + c).fma(k12, y00);
      y00.intoArray(y, yOff + c);
    }
  }

  /** One output in a corner. */
  static void oneByOneOf2x2(
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
      int yOff) {
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = FloatVector.fromArray(V, x, xOff + tapStep + c).fma(k01, y00);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + c).fma(k10, y00);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + tapStep + c).fma(k11, y00);
      y00.intoArray(y, yOff + c);
    }
  }
}
