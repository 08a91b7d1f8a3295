package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Windows of outputs so near each other that they share their inputs: loads bound them. */
final class DepthwiseShared {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private DepthwiseShared() {}

  /** Budget: 8 accumulators, 9 weights, 4 inputs, 1 start = 22 of 32 registers. */
  static void fourByTwoOf3x3(
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
    int x10 = xOff + rowStep;
    int x11 = xOff + rowStep + tapStep;
    int x12 = xOff + rowStep + 2 * tapStep;
    int x13 = xOff + rowStep + 3 * tapStep;
    int x20 = xOff + 2 * rowStep;
    int x21 = xOff + 2 * rowStep + tapStep;
    int x22 = xOff + 2 * rowStep + 2 * tapStep;
    int x23 = xOff + 2 * rowStep + 3 * tapStep;
    int x30 = xOff + 3 * rowStep;
    int x31 = xOff + 3 * rowStep + tapStep;
    int x32 = xOff + 3 * rowStep + 2 * tapStep;
    int x33 = xOff + 3 * rowStep + 3 * tapStep;
    int x40 = xOff + 4 * rowStep;
    int x41 = xOff + 4 * rowStep + tapStep;
    int x42 = xOff + 4 * rowStep + 2 * tapStep;
    int x43 = xOff + 4 * rowStep + 3 * tapStep;
    int x50 = xOff + 5 * rowStep;
    int x51 = xOff + 5 * rowStep + tapStep;
    int x52 = xOff + 5 * rowStep + 2 * tapStep;
    int x53 = xOff + 5 * rowStep + 3 * tapStep;
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
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = v00.fma(k00, start);
      FloatVector y01 = v01.fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = v01.fma(k01, y00);
      y01 = v02.fma(k01, y01);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = v02.fma(k02, y00);
      y01 = v03.fma(k02, y01);
      FloatVector v10 = FloatVector.fromArray(V, x, x10 + c);
      FloatVector v11 = FloatVector.fromArray(V, x, x11 + c);
      FloatVector v12 = FloatVector.fromArray(V, x, x12 + c);
      FloatVector v13 = FloatVector.fromArray(V, x, x13 + c);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = v10.fma(k10, y00);
      y01 = v11.fma(k10, y01);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = v11.fma(k11, y00);
      y01 = v12.fma(k11, y01);
      FloatVector k12 = FloatVector.fromArray(V, w, w12 + c);
      y00 = v12.fma(k12, y00);
      y01 = v13.fma(k12, y01);
      FloatVector y10 = v10.fma(k00, start);
      FloatVector y11 = v11.fma(k00, start);
      y10 = v11.fma(k01, y10);
      y11 = v12.fma(k01, y11);
      y10 = v12.fma(k02, y10);
      y11 = v13.fma(k02, y11);
      FloatVector v20 = FloatVector.fromArray(V, x, x20 + c);
      FloatVector v21 = FloatVector.fromArray(V, x, x21 + c);
      FloatVector v22 = FloatVector.fromArray(V, x, x22 + c);
      FloatVector v23 = FloatVector.fromArray(V, x, x23 + c);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = v20.fma(k20, y00);
      y01 = v21.fma(k20, y01);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = v21.fma(k21, y00);
      y01 = v22.fma(k21, y01);
      FloatVector k22 = FloatVector.fromArray(V, w, w22 + c);
      y00 = v22.fma(k22, y00);
      y01 = v23.fma(k22, y01);
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y10 = v20.fma(k10, y10);
      y11 = v21.fma(k10, y11);
      y10 = v21.fma(k11, y10);
      y11 = v22.fma(k11, y11);
      y10 = v22.fma(k12, y10);
      y11 = v23.fma(k12, y11);
      FloatVector y20 = v20.fma(k00, start);
      FloatVector y21 = v21.fma(k00, start);
      y20 = v21.fma(k01, y20);
      y21 = v22.fma(k01, y21);
      y20 = v22.fma(k02, y20);
      y21 = v23.fma(k02, y21);
      FloatVector v30 = FloatVector.fromArray(V, x, x30 + c);
      FloatVector v31 = FloatVector.fromArray(V, x, x31 + c);
      FloatVector v32 = FloatVector.fromArray(V, x, x32 + c);
      FloatVector v33 = FloatVector.fromArray(V, x, x33 + c);
      y10 = v30.fma(k20, y10);
      y11 = v31.fma(k20, y11);
      y10 = v31.fma(k21, y10);
      y11 = v32.fma(k21, y11);
      y10 = v32.fma(k22, y10);
      y11 = v33.fma(k22, y11);
      y10.intoArray(y, yOff + yRowStep + c);
      y11.intoArray(y, yOff + yRowStep + yStep + c);
      y20 = v30.fma(k10, y20);
      y21 = v31.fma(k10, y21);
      y20 = v31.fma(k11, y20);
      y21 = v32.fma(k11, y21);
      y20 = v32.fma(k12, y20);
      y21 = v33.fma(k12, y21);
      FloatVector y30 = v30.fma(k00, start);
      FloatVector y31 = v31.fma(k00, start);
      y30 = v31.fma(k01, y30);
      y31 = v32.fma(k01, y31);
      y30 = v32.fma(k02, y30);
      y31 = v33.fma(k02, y31);
      FloatVector v40 = FloatVector.fromArray(V, x, x40 + c);
      FloatVector v41 = FloatVector.fromArray(V, x, x41 + c);
      FloatVector v42 = FloatVector.fromArray(V, x, x42 + c);
      FloatVector v43 = FloatVector.fromArray(V, x, x43 + c);
      y20 = v40.fma(k20, y20);
      y21 = v41.fma(k20, y21);
      y20 = v41.fma(k21, y20);
      y21 = v42.fma(k21, y21);
      y20 = v42.fma(k22, y20);
      y21 = v43.fma(k22, y21);
      y20.intoArray(y, yOff + 2 * yRowStep + c);
      y21.intoArray(y, yOff + 2 * yRowStep + yStep + c);
      y30 = v40.fma(k10, y30);
      y31 = v41.fma(k10, y31);
      y30 = v41.fma(k11, y30);
      y31 = v42.fma(k11, y31);
      y30 = v42.fma(k12, y30);
      y31 = v43.fma(k12, y31);
      FloatVector v50 = FloatVector.fromArray(V, x, x50 + c);
      FloatVector v51 = FloatVector.fromArray(V, x, x51 + c);
      FloatVector v52 = FloatVector.fromArray(V, x, x52 + c);
      FloatVector v53 = FloatVector.fromArray(V, x, x53 + c);
      y30 = v50.fma(k20, y30);
      y31 = v51.fma(k20, y31);
      y30 = v51.fma(k21, y30);
      y31 = v52.fma(k21, y31);
      y30 = v52.fma(k22, y30);
      y31 = v53.fma(k22, y31);
      y30.intoArray(y, yOff + 3 * yRowStep + c);
      y31.intoArray(y, yOff + 3 * yRowStep + yStep + c);
    }
  }

  /** Four outputs below each other. */
  static void fourByOneOf3x3(
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
      int yRowStep) {
    int x00 = xOff;
    int x01 = xOff + tapStep;
    int x02 = xOff + 2 * tapStep;
    int x10 = xOff + rowStep;
    int x11 = xOff + rowStep + tapStep;
    int x12 = xOff + rowStep + 2 * tapStep;
    int x20 = xOff + 2 * rowStep;
    int x21 = xOff + 2 * rowStep + tapStep;
    int x22 = xOff + 2 * rowStep + 2 * tapStep;
    int x30 = xOff + 3 * rowStep;
    int x31 = xOff + 3 * rowStep + tapStep;
    int x32 = xOff + 3 * rowStep + 2 * tapStep;
    int x40 = xOff + 4 * rowStep;
    int x41 = xOff + 4 * rowStep + tapStep;
    int x42 = xOff + 4 * rowStep + 2 * tapStep;
    int x50 = xOff + 5 * rowStep;
    int x51 = xOff + 5 * rowStep + tapStep;
    int x52 = xOff + 5 * rowStep + 2 * tapStep;
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
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = v00.fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = v01.fma(k01, y00);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = v02.fma(k02, y00);
      FloatVector v10 = FloatVector.fromArray(V, x, x10 + c);
      FloatVector v11 = FloatVector.fromArray(V, x, x11 + c);
      FloatVector v12 = FloatVector.fromArray(V, x, x12 + c);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = v10.fma(k10, y00);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = v11.fma(k11, y00);
      FloatVector k12 = FloatVector.fromArray(V, w, w12 + c);
      y00 = v12.fma(k12, y00);
      FloatVector y10 = v10.fma(k00, start);
      y10 = v11.fma(k01, y10);
      y10 = v12.fma(k02, y10);
      FloatVector v20 = FloatVector.fromArray(V, x, x20 + c);
      FloatVector v21 = FloatVector.fromArray(V, x, x21 + c);
      FloatVector v22 = FloatVector.fromArray(V, x, x22 + c);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = v20.fma(k20, y00);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = v21.fma(k21, y00);
      FloatVector k22 = FloatVector.fromArray(V, w, w22 + c);
      y00 = v22.fma(k22, y00);
      y00.intoArray(y, yOff + c);
      y10 = v20.fma(k10, y10);
      y10 = v21.fma(k11, y10);
      y10 = v22.fma(k12, y10);
      FloatVector y20 = v20.fma(k00, start);
      y20 = v21.fma(k01, y20);
      y20 = v22.fma(k02, y20);
      FloatVector v30 = FloatVector.fromArray(V, x, x30 + c);
      FloatVector v31 = FloatVector.fromArray(V, x, x31 + c);
      FloatVector v32 = FloatVector.fromArray(V, x, x32 + c);
      y10 = v30.fma(k20, y10);
      y10 = v31.fma(k21, y10);
      y10 = v32.fma(k22, y10);
      y10.intoArray(y, yOff + yRowStep + c);
      y20 = v30.fma(k10, y20);
      y20 = v31.fma(k11, y20);
      y20 = v32.fma(k12, y20);
      FloatVector y30 = v30.fma(k00, start);
      y30 = v31.fma(k01, y30);
      y30 = v32.fma(k02, y30);
      FloatVector v40 = FloatVector.fromArray(V, x, x40 + c);
      FloatVector v41 = FloatVector.fromArray(V, x, x41 + c);
      FloatVector v42 = FloatVector.fromArray(V, x, x42 + c);
      y20 = v40.fma(k20, y20);
      y20 = v41.fma(k21, y20);
      y20 = v42.fma(k22, y20);
      y20.intoArray(y, yOff + 2 * yRowStep + c);
      y30 = v40.fma(k10, y30);
      y30 = v41.fma(k11, y30);
      y30 = v42.fma(k12, y30);
      FloatVector v50 = FloatVector.fromArray(V, x, x50 + c);
      FloatVector v51 = FloatVector.fromArray(V, x, x51 + c);
      FloatVector v52 = FloatVector.fromArray(V, x, x52 + c);
      y30 = v50.fma(k20, y30);
      y30 = v51.fma(k21, y30);
      y30 = v52.fma(k22, y30);
      y30.intoArray(y, yOff + 3 * yRowStep + c);
    }
  }

  /** Four outputs side by side. */
  static void oneByFourOf3x3(
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
      int yStep) {
    int x00 = xOff;
    int x01 = xOff + tapStep;
    int x02 = xOff + 2 * tapStep;
    int x03 = xOff + 3 * tapStep;
    int x04 = xOff + 4 * tapStep;
    int x05 = xOff + 5 * tapStep;
    int x10 = xOff + rowStep;
    int x11 = xOff + rowStep + tapStep;
    int x12 = xOff + rowStep + 2 * tapStep;
    int x13 = xOff + rowStep + 3 * tapStep;
    int x14 = xOff + rowStep + 4 * tapStep;
    int x15 = xOff + rowStep + 5 * tapStep;
    int x20 = xOff + 2 * rowStep;
    int x21 = xOff + 2 * rowStep + tapStep;
    int x22 = xOff + 2 * rowStep + 2 * tapStep;
    int x23 = xOff + 2 * rowStep + 3 * tapStep;
    int x24 = xOff + 2 * rowStep + 4 * tapStep;
    int x25 = xOff + 2 * rowStep + 5 * tapStep;
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
      FloatVector v05 = FloatVector.fromArray(V, x, x05 + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = v00.fma(k00, start);
      FloatVector y01 = v01.fma(k00, start);
      FloatVector y02 = v02.fma(k00, start);
      FloatVector y03 = v03.fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = v01.fma(k01, y00);
      y01 = v02.fma(k01, y01);
      y02 = v03.fma(k01, y02);
      y03 = v04.fma(k01, y03);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = v02.fma(k02, y00);
      y01 = v03.fma(k02, y01);
      y02 = v04.fma(k02, y02);
      y03 = v05.fma(k02, y03);
      FloatVector v10 = FloatVector.fromArray(V, x, x10 + c);
      FloatVector v11 = FloatVector.fromArray(V, x, x11 + c);
      FloatVector v12 = FloatVector.fromArray(V, x, x12 + c);
      FloatVector v13 = FloatVector.fromArray(V, x, x13 + c);
      FloatVector v14 = FloatVector.fromArray(V, x, x14 + c);
      FloatVector v15 = FloatVector.fromArray(V, x, x15 + c);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = v10.fma(k10, y00);
      y01 = v11.fma(k10, y01);
      y02 = v12.fma(k10, y02);
      y03 = v13.fma(k10, y03);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = v11.fma(k11, y00);
      y01 = v12.fma(k11, y01);
      y02 = v13.fma(k11, y02);
      y03 = v14.fma(k11, y03);
      FloatVector k12 = FloatVector.fromArray(V, w, w12 + c);
      y00 = v12.fma(k12, y00);
      y01 = v13.fma(k12, y01);
      y02 = v14.fma(k12, y02);
      y03 = v15.fma(k12, y03);
      FloatVector v20 = FloatVector.fromArray(V, x, x20 + c);
      FloatVector v21 = FloatVector.fromArray(V, x, x21 + c);
      FloatVector v22 = FloatVector.fromArray(V, x, x22 + c);
      FloatVector v23 = FloatVector.fromArray(V, x, x23 + c);
      FloatVector v24 = FloatVector.fromArray(V, x, x24 + c);
      FloatVector v25 = FloatVector.fromArray(V, x, x25 + c);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = v20.fma(k20, y00);
      y01 = v21.fma(k20, y01);
      y02 = v22.fma(k20, y02);
      y03 = v23.fma(k20, y03);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = v21.fma(k21, y00);
      y01 = v22.fma(k21, y01);
      y02 = v23.fma(k21, y02);
      y03 = v24.fma(k21, y03);
      FloatVector k22 = FloatVector.fromArray(V, w, w22 + c);
      y00 = v22.fma(k22, y00);
      y01 = v23.fma(k22, y01);
      y02 = v24.fma(k22, y02);
      y03 = v25.fma(k22, y03);
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** Four outputs below each other at the left or right border. */
  static void fourByOneOf3x2(
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
      int yRowStep) {
    int x00 = xOff;
    int x01 = xOff + tapStep;
    int x10 = xOff + rowStep;
    int x11 = xOff + rowStep + tapStep;
    int x20 = xOff + 2 * rowStep;
    int x21 = xOff + 2 * rowStep + tapStep;
    int x30 = xOff + 3 * rowStep;
    int x31 = xOff + 3 * rowStep + tapStep;
    int x40 = xOff + 4 * rowStep;
    int x41 = xOff + 4 * rowStep + tapStep;
    int x50 = xOff + 5 * rowStep;
    int x51 = xOff + 5 * rowStep + tapStep;
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w20 = wOff + 2 * wRowStep;
    int w21 = wOff + 2 * wRowStep + wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector v00 = FloatVector.fromArray(V, x, x00 + c);
      FloatVector v01 = FloatVector.fromArray(V, x, x01 + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = v00.fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = v01.fma(k01, y00);
      FloatVector v10 = FloatVector.fromArray(V, x, x10 + c);
      FloatVector v11 = FloatVector.fromArray(V, x, x11 + c);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = v10.fma(k10, y00);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = v11.fma(k11, y00);
      FloatVector y10 = v10.fma(k00, start);
      y10 = v11.fma(k01, y10);
      FloatVector v20 = FloatVector.fromArray(V, x, x20 + c);
      FloatVector v21 = FloatVector.fromArray(V, x, x21 + c);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = v20.fma(k20, y00);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = v21.fma(k21, y00);
      y00.intoArray(y, yOff + c);
      y10 = v20.fma(k10, y10);
      y10 = v21.fma(k11, y10);
      FloatVector y20 = v20.fma(k00, start);
      y20 = v21.fma(k01, y20);
      FloatVector v30 = FloatVector.fromArray(V, x, x30 + c);
      FloatVector v31 = FloatVector.fromArray(V, x, x31 + c);
      y10 = v30.fma(k20, y10);
      y10 = v31.fma(k21, y10);
      y10.intoArray(y, yOff + yRowStep + c);
      y20 = v30.fma(k10, y20);
      y20 = v31.fma(k11, y20);
      FloatVector y30 = v30.fma(k00, start);
      y30 = v31.fma(k01, y30);
      FloatVector v40 = FloatVector.fromArray(V, x, x40 + c);
      FloatVector v41 = FloatVector.fromArray(V, x, x41 + c);
      y20 = v40.fma(k20, y20);
      y20 = v41.fma(k21, y20);
      y20.intoArray(y, yOff + 2 * yRowStep + c);
      y30 = v40.fma(k10, y30);
      y30 = v41.fma(k11, y30);
      FloatVector v50 = FloatVector.fromArray(V, x, x50 + c);
      FloatVector v51 = FloatVector.fromArray(V, x, x51 + c);
      y30 = v50.fma(k20, y30);
      y30 = v51.fma(k21, y30);
      y30.intoArray(y, yOff + 3 * yRowStep + c);
    }
  }

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
}
