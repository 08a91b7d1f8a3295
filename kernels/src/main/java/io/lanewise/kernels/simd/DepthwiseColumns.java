package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four outputs below each other with windows of five rows at the left or right border: they share
 * their inputs.
 */
final class DepthwiseColumns {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private DepthwiseColumns() {}

  /**
   * Four outputs below each other, windows of five rows of 4 or 3 taps, and {@code stride} rows
   * apart, 1 or 2.
   */
  static void run(
      int taps,
      int stride,
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
    switch (taps + (stride == 2 ? 8 : 0)) {
      case 4 ->
          fourByOneOf5x4(
              channels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
              yRowStep);
      case 3 ->
          fourByOneOf5x3(
              channels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
              yRowStep);
      case 12 ->
          fourByOneOf5x4ByTwo(
              channels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
              yRowStep);
      case 11 ->
          fourByOneOf5x3ByTwo(
              channels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff,
              yRowStep);
      default -> throw new IllegalArgumentException("expected 4 or 3 taps, got " + taps);
    }
  }

  /** 4 taps. */
  private static void fourByOneOf5x4(
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
    int x60 = xOff + 6 * rowStep;
    int x61 = xOff + 6 * rowStep + tapStep;
    int x62 = xOff + 6 * rowStep + 2 * tapStep;
    int x63 = xOff + 6 * rowStep + 3 * tapStep;
    int x70 = xOff + 7 * rowStep;
    int x71 = xOff + 7 * rowStep + tapStep;
    int x72 = xOff + 7 * rowStep + 2 * tapStep;
    int x73 = xOff + 7 * rowStep + 3 * tapStep;
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    int w03 = wOff + 3 * wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w12 = wOff + wRowStep + 2 * wStep;
    int w13 = wOff + wRowStep + 3 * wStep;
    int w20 = wOff + 2 * wRowStep;
    int w21 = wOff + 2 * wRowStep + wStep;
    int w22 = wOff + 2 * wRowStep + 2 * wStep;
    int w23 = wOff + 2 * wRowStep + 3 * wStep;
    int w30 = wOff + 3 * wRowStep;
    int w31 = wOff + 3 * wRowStep + wStep;
    int w32 = wOff + 3 * wRowStep + 2 * wStep;
    int w33 = wOff + 3 * wRowStep + 3 * wStep;
    int w40 = wOff + 4 * wRowStep;
    int w41 = wOff + 4 * wRowStep + wStep;
    int w42 = wOff + 4 * wRowStep + 2 * wStep;
    int w43 = wOff + 4 * wRowStep + 3 * wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector v00 = FloatVector.fromArray(V, x, x00 + c);
      FloatVector v01 = FloatVector.fromArray(V, x, x01 + c);
      FloatVector v02 = FloatVector.fromArray(V, x, x02 + c);
      FloatVector v03 = FloatVector.fromArray(V, x, x03 + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = v00.fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = v01.fma(k01, y00);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = v02.fma(k02, y00);
      FloatVector k03 = FloatVector.fromArray(V, w, w03 + c);
      y00 = v03.fma(k03, y00);
      FloatVector v10 = FloatVector.fromArray(V, x, x10 + c);
      FloatVector v11 = FloatVector.fromArray(V, x, x11 + c);
      FloatVector v12 = FloatVector.fromArray(V, x, x12 + c);
      FloatVector v13 = FloatVector.fromArray(V, x, x13 + c);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = v10.fma(k10, y00);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = v11.fma(k11, y00);
      FloatVector k12 = FloatVector.fromArray(V, w, w12 + c);
      y00 = v12.fma(k12, y00);
      FloatVector k13 = FloatVector.fromArray(V, w, w13 + c);
      y00 = v13.fma(k13, y00);
      FloatVector y10 = v10.fma(k00, start);
      y10 = v11.fma(k01, y10);
      y10 = v12.fma(k02, y10);
      y10 = v13.fma(k03, y10);
      FloatVector v20 = FloatVector.fromArray(V, x, x20 + c);
      FloatVector v21 = FloatVector.fromArray(V, x, x21 + c);
      FloatVector v22 = FloatVector.fromArray(V, x, x22 + c);
      FloatVector v23 = FloatVector.fromArray(V, x, x23 + c);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = v20.fma(k20, y00);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = v21.fma(k21, y00);
      FloatVector k22 = FloatVector.fromArray(V, w, w22 + c);
      y00 = v22.fma(k22, y00);
      FloatVector k23 = FloatVector.fromArray(V, w, w23 + c);
      y00 = v23.fma(k23, y00);
      y10 = v20.fma(k10, y10);
      y10 = v21.fma(k11, y10);
      y10 = v22.fma(k12, y10);
      y10 = v23.fma(k13, y10);
      FloatVector y20 = v20.fma(k00, start);
      y20 = v21.fma(k01, y20);
      y20 = v22.fma(k02, y20);
      y20 = v23.fma(k03, y20);
      FloatVector v30 = FloatVector.fromArray(V, x, x30 + c);
      FloatVector v31 = FloatVector.fromArray(V, x, x31 + c);
      FloatVector v32 = FloatVector.fromArray(V, x, x32 + c);
      FloatVector v33 = FloatVector.fromArray(V, x, x33 + c);
      FloatVector k30 = FloatVector.fromArray(V, w, w30 + c);
      y00 = v30.fma(k30, y00);
      FloatVector k31 = FloatVector.fromArray(V, w, w31 + c);
      y00 = v31.fma(k31, y00);
      FloatVector k32 = FloatVector.fromArray(V, w, w32 + c);
      y00 = v32.fma(k32, y00);
      FloatVector k33 = FloatVector.fromArray(V, w, w33 + c);
      y00 = v33.fma(k33, y00);
      y10 = v30.fma(k20, y10);
      y10 = v31.fma(k21, y10);
      y10 = v32.fma(k22, y10);
      y10 = v33.fma(k23, y10);
      y20 = v30.fma(k10, y20);
      y20 = v31.fma(k11, y20);
      y20 = v32.fma(k12, y20);
      y20 = v33.fma(k13, y20);
      FloatVector y30 = v30.fma(k00, start);
      y30 = v31.fma(k01, y30);
      y30 = v32.fma(k02, y30);
      y30 = v33.fma(k03, y30);
      FloatVector v40 = FloatVector.fromArray(V, x, x40 + c);
      FloatVector v41 = FloatVector.fromArray(V, x, x41 + c);
      FloatVector v42 = FloatVector.fromArray(V, x, x42 + c);
      FloatVector v43 = FloatVector.fromArray(V, x, x43 + c);
      FloatVector k40 = FloatVector.fromArray(V, w, w40 + c);
      y00 = v40.fma(k40, y00);
      FloatVector k41 = FloatVector.fromArray(V, w, w41 + c);
      y00 = v41.fma(k41, y00);
      FloatVector k42 = FloatVector.fromArray(V, w, w42 + c);
      y00 = v42.fma(k42, y00);
      FloatVector k43 = FloatVector.fromArray(V, w, w43 + c);
      y00 = v43.fma(k43, y00);
      y00.intoArray(y, yOff + c);
      y10 = v40.fma(k30, y10);
      y10 = v41.fma(k31, y10);
      y10 = v42.fma(k32, y10);
      y10 = v43.fma(k33, y10);
      y20 = v40.fma(k20, y20);
      y20 = v41.fma(k21, y20);
      y20 = v42.fma(k22, y20);
      y20 = v43.fma(k23, y20);
      y30 = v40.fma(k10, y30);
      y30 = v41.fma(k11, y30);
      y30 = v42.fma(k12, y30);
      y30 = v43.fma(k13, y30);
      FloatVector v50 = FloatVector.fromArray(V, x, x50 + c);
      FloatVector v51 = FloatVector.fromArray(V, x, x51 + c);
      FloatVector v52 = FloatVector.fromArray(V, x, x52 + c);
      FloatVector v53 = FloatVector.fromArray(V, x, x53 + c);
      y10 = v50.fma(k40, y10);
      y10 = v51.fma(k41, y10);
      y10 = v52.fma(k42, y10);
      y10 = v53.fma(k43, y10);
      y10.intoArray(y, yOff + yRowStep + c);
      y20 = v50.fma(k30, y20);
      y20 = v51.fma(k31, y20);
      y20 = v52.fma(k32, y20);
      y20 = v53.fma(k33, y20);
      y30 = v50.fma(k20, y30);
      y30 = v51.fma(k21, y30);
      y30 = v52.fma(k22, y30);
      y30 = v53.fma(k23, y30);
      FloatVector v60 = FloatVector.fromArray(V, x, x60 + c);
      FloatVector v61 = FloatVector.fromArray(V, x, x61 + c);
      FloatVector v62 = FloatVector.fromArray(V, x, x62 + c);
      FloatVector v63 = FloatVector.fromArray(V, x, x63 + c);
      y20 = v60.fma(k40, y20);
      y20 = v61.fma(k41, y20);
      y20 = v62.fma(k42, y20);
      y20 = v63.fma(k43, y20);
      y20.intoArray(y, yOff + 2 * yRowStep + c);
      y30 = v60.fma(k30, y30);
      y30 = v61.fma(k31, y30);
      y30 = v62.fma(k32, y30);
      y30 = v63.fma(k33, y30);
      FloatVector v70 = FloatVector.fromArray(V, x, x70 + c);
      FloatVector v71 = FloatVector.fromArray(V, x, x71 + c);
      FloatVector v72 = FloatVector.fromArray(V, x, x72 + c);
      FloatVector v73 = FloatVector.fromArray(V, x, x73 + c);
      y30 = v70.fma(k40, y30);
      y30 = v71.fma(k41, y30);
      y30 = v72.fma(k42, y30);
      y30 = v73.fma(k43, y30);
      y30.intoArray(y, yOff + 3 * yRowStep + c);
    }
  }

  /** 3 taps. */
  private static void fourByOneOf5x3(
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
    int x60 = xOff + 6 * rowStep;
    int x61 = xOff + 6 * rowStep + tapStep;
    int x62 = xOff + 6 * rowStep + 2 * tapStep;
    int x70 = xOff + 7 * rowStep;
    int x71 = xOff + 7 * rowStep + tapStep;
    int x72 = xOff + 7 * rowStep + 2 * tapStep;
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w12 = wOff + wRowStep + 2 * wStep;
    int w20 = wOff + 2 * wRowStep;
    int w21 = wOff + 2 * wRowStep + wStep;
    int w22 = wOff + 2 * wRowStep + 2 * wStep;
    int w30 = wOff + 3 * wRowStep;
    int w31 = wOff + 3 * wRowStep + wStep;
    int w32 = wOff + 3 * wRowStep + 2 * wStep;
    int w40 = wOff + 4 * wRowStep;
    int w41 = wOff + 4 * wRowStep + wStep;
    int w42 = wOff + 4 * wRowStep + 2 * wStep;
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
      y10 = v20.fma(k10, y10);
      y10 = v21.fma(k11, y10);
      y10 = v22.fma(k12, y10);
      FloatVector y20 = v20.fma(k00, start);
      y20 = v21.fma(k01, y20);
      y20 = v22.fma(k02, y20);
      FloatVector v30 = FloatVector.fromArray(V, x, x30 + c);
      FloatVector v31 = FloatVector.fromArray(V, x, x31 + c);
      FloatVector v32 = FloatVector.fromArray(V, x, x32 + c);
      FloatVector k30 = FloatVector.fromArray(V, w, w30 + c);
      y00 = v30.fma(k30, y00);
      FloatVector k31 = FloatVector.fromArray(V, w, w31 + c);
      y00 = v31.fma(k31, y00);
      FloatVector k32 = FloatVector.fromArray(V, w, w32 + c);
      y00 = v32.fma(k32, y00);
      y10 = v30.fma(k20, y10);
      y10 = v31.fma(k21, y10);
      y10 = v32.fma(k22, y10);
      y20 = v30.fma(k10, y20);
      y20 = v31.fma(k11, y20);
      y20 = v32.fma(k12, y20);
      FloatVector y30 = v30.fma(k00, start);
      y30 = v31.fma(k01, y30);
      y30 = v32.fma(k02, y30);
      FloatVector v40 = FloatVector.fromArray(V, x, x40 + c);
      FloatVector v41 = FloatVector.fromArray(V, x, x41 + c);
      FloatVector v42 = FloatVector.fromArray(V, x, x42 + c);
      FloatVector k40 = FloatVector.fromArray(V, w, w40 + c);
      y00 = v40.fma(k40, y00);
      FloatVector k41 = FloatVector.fromArray(V, w, w41 + c);
      y00 = v41.fma(k41, y00);
      FloatVector k42 = FloatVector.fromArray(V, w, w42 + c);
      y00 = v42.fma(k42, y00);
      y00.intoArray(y, yOff + c);
      y10 = v40.fma(k30, y10);
      y10 = v41.fma(k31, y10);
      y10 = v42.fma(k32, y10);
      y20 = v40.fma(k20, y20);
      y20 = v41.fma(k21, y20);
      y20 = v42.fma(k22, y20);
      y30 = v40.fma(k10, y30);
      y30 = v41.fma(k11, y30);
      y30 = v42.fma(k12, y30);
      FloatVector v50 = FloatVector.fromArray(V, x, x50 + c);
      FloatVector v51 = FloatVector.fromArray(V, x, x51 + c);
      FloatVector v52 = FloatVector.fromArray(V, x, x52 + c);
      y10 = v50.fma(k40, y10);
      y10 = v51.fma(k41, y10);
      y10 = v52.fma(k42, y10);
      y10.intoArray(y, yOff + yRowStep + c);
      y20 = v50.fma(k30, y20);
      y20 = v51.fma(k31, y20);
      y20 = v52.fma(k32, y20);
      y30 = v50.fma(k20, y30);
      y30 = v51.fma(k21, y30);
      y30 = v52.fma(k22, y30);
      FloatVector v60 = FloatVector.fromArray(V, x, x60 + c);
      FloatVector v61 = FloatVector.fromArray(V, x, x61 + c);
      FloatVector v62 = FloatVector.fromArray(V, x, x62 + c);
      y20 = v60.fma(k40, y20);
      y20 = v61.fma(k41, y20);
      y20 = v62.fma(k42, y20);
      y20.intoArray(y, yOff + 2 * yRowStep + c);
      y30 = v60.fma(k30, y30);
      y30 = v61.fma(k31, y30);
      y30 = v62.fma(k32, y30);
      FloatVector v70 = FloatVector.fromArray(V, x, x70 + c);
      FloatVector v71 = FloatVector.fromArray(V, x, x71 + c);
      FloatVector v72 = FloatVector.fromArray(V, x, x72 + c);
      y30 = v70.fma(k40, y30);
      y30 = v71.fma(k41, y30);
      y30 = v72.fma(k42, y30);
      y30.intoArray(y, yOff + 3 * yRowStep + c);
    }
  }

  /** 4 taps, a stride of 2. */
  private static void fourByOneOf5x4ByTwo(
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
    int x60 = xOff + 6 * rowStep;
    int x61 = xOff + 6 * rowStep + tapStep;
    int x62 = xOff + 6 * rowStep + 2 * tapStep;
    int x63 = xOff + 6 * rowStep + 3 * tapStep;
    int x70 = xOff + 7 * rowStep;
    int x71 = xOff + 7 * rowStep + tapStep;
    int x72 = xOff + 7 * rowStep + 2 * tapStep;
    int x73 = xOff + 7 * rowStep + 3 * tapStep;
    int x80 = xOff + 8 * rowStep;
    int x81 = xOff + 8 * rowStep + tapStep;
    int x82 = xOff + 8 * rowStep + 2 * tapStep;
    int x83 = xOff + 8 * rowStep + 3 * tapStep;
    int x90 = xOff + 9 * rowStep;
    int x91 = xOff + 9 * rowStep + tapStep;
    int x92 = xOff + 9 * rowStep + 2 * tapStep;
    int x93 = xOff + 9 * rowStep + 3 * tapStep;
    int x100 = xOff + 10 * rowStep;
    int x101 = xOff + 10 * rowStep + tapStep;
    int x102 = xOff + 10 * rowStep + 2 * tapStep;
    int x103 = xOff + 10 * rowStep + 3 * tapStep;
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    int w03 = wOff + 3 * wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w12 = wOff + wRowStep + 2 * wStep;
    int w13 = wOff + wRowStep + 3 * wStep;
    int w20 = wOff + 2 * wRowStep;
    int w21 = wOff + 2 * wRowStep + wStep;
    int w22 = wOff + 2 * wRowStep + 2 * wStep;
    int w23 = wOff + 2 * wRowStep + 3 * wStep;
    int w30 = wOff + 3 * wRowStep;
    int w31 = wOff + 3 * wRowStep + wStep;
    int w32 = wOff + 3 * wRowStep + 2 * wStep;
    int w33 = wOff + 3 * wRowStep + 3 * wStep;
    int w40 = wOff + 4 * wRowStep;
    int w41 = wOff + 4 * wRowStep + wStep;
    int w42 = wOff + 4 * wRowStep + 2 * wStep;
    int w43 = wOff + 4 * wRowStep + 3 * wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector v00 = FloatVector.fromArray(V, x, x00 + c);
      FloatVector v01 = FloatVector.fromArray(V, x, x01 + c);
      FloatVector v02 = FloatVector.fromArray(V, x, x02 + c);
      FloatVector v03 = FloatVector.fromArray(V, x, x03 + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = v00.fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = v01.fma(k01, y00);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = v02.fma(k02, y00);
      FloatVector k03 = FloatVector.fromArray(V, w, w03 + c);
      y00 = v03.fma(k03, y00);
      FloatVector v10 = FloatVector.fromArray(V, x, x10 + c);
      FloatVector v11 = FloatVector.fromArray(V, x, x11 + c);
      FloatVector v12 = FloatVector.fromArray(V, x, x12 + c);
      FloatVector v13 = FloatVector.fromArray(V, x, x13 + c);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = v10.fma(k10, y00);
      FloatVector k11 = FloatVector.fromArray(V, w, w11 + c);
      y00 = v11.fma(k11, y00);
      FloatVector k12 = FloatVector.fromArray(V, w, w12 + c);
      y00 = v12.fma(k12, y00);
      FloatVector k13 = FloatVector.fromArray(V, w, w13 + c);
      y00 = v13.fma(k13, y00);
      FloatVector v20 = FloatVector.fromArray(V, x, x20 + c);
      FloatVector v21 = FloatVector.fromArray(V, x, x21 + c);
      FloatVector v22 = FloatVector.fromArray(V, x, x22 + c);
      FloatVector v23 = FloatVector.fromArray(V, x, x23 + c);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = v20.fma(k20, y00);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = v21.fma(k21, y00);
      FloatVector k22 = FloatVector.fromArray(V, w, w22 + c);
      y00 = v22.fma(k22, y00);
      FloatVector k23 = FloatVector.fromArray(V, w, w23 + c);
      y00 = v23.fma(k23, y00);
      FloatVector y10 = v20.fma(k00, start);
      y10 = v21.fma(k01, y10);
      y10 = v22.fma(k02, y10);
      y10 = v23.fma(k03, y10);
      FloatVector v30 = FloatVector.fromArray(V, x, x30 + c);
      FloatVector v31 = FloatVector.fromArray(V, x, x31 + c);
      FloatVector v32 = FloatVector.fromArray(V, x, x32 + c);
      FloatVector v33 = FloatVector.fromArray(V, x, x33 + c);
      FloatVector k30 = FloatVector.fromArray(V, w, w30 + c);
      y00 = v30.fma(k30, y00);
      FloatVector k31 = FloatVector.fromArray(V, w, w31 + c);
      y00 = v31.fma(k31, y00);
      FloatVector k32 = FloatVector.fromArray(V, w, w32 + c);
      y00 = v32.fma(k32, y00);
      FloatVector k33 = FloatVector.fromArray(V, w, w33 + c);
      y00 = v33.fma(k33, y00);
      y10 = v30.fma(k10, y10);
      y10 = v31.fma(k11, y10);
      y10 = v32.fma(k12, y10);
      y10 = v33.fma(k13, y10);
      FloatVector v40 = FloatVector.fromArray(V, x, x40 + c);
      FloatVector v41 = FloatVector.fromArray(V, x, x41 + c);
      FloatVector v42 = FloatVector.fromArray(V, x, x42 + c);
      FloatVector v43 = FloatVector.fromArray(V, x, x43 + c);
      FloatVector k40 = FloatVector.fromArray(V, w, w40 + c);
      y00 = v40.fma(k40, y00);
      FloatVector k41 = FloatVector.fromArray(V, w, w41 + c);
      y00 = v41.fma(k41, y00);
      FloatVector k42 = FloatVector.fromArray(V, w, w42 + c);
      y00 = v42.fma(k42, y00);
      FloatVector k43 = FloatVector.fromArray(V, w, w43 + c);
      y00 = v43.fma(k43, y00);
      y00.intoArray(y, yOff + c);
      y10 = v40.fma(k20, y10);
      y10 = v41.fma(k21, y10);
      y10 = v42.fma(k22, y10);
      y10 = v43.fma(k23, y10);
      FloatVector y20 = v40.fma(k00, start);
      y20 = v41.fma(k01, y20);
      y20 = v42.fma(k02, y20);
      y20 = v43.fma(k03, y20);
      FloatVector v50 = FloatVector.fromArray(V, x, x50 + c);
      FloatVector v51 = FloatVector.fromArray(V, x, x51 + c);
      FloatVector v52 = FloatVector.fromArray(V, x, x52 + c);
      FloatVector v53 = FloatVector.fromArray(V, x, x53 + c);
      y10 = v50.fma(k30, y10);
      y10 = v51.fma(k31, y10);
      y10 = v52.fma(k32, y10);
      y10 = v53.fma(k33, y10);
      y20 = v50.fma(k10, y20);
      y20 = v51.fma(k11, y20);
      y20 = v52.fma(k12, y20);
      y20 = v53.fma(k13, y20);
      FloatVector v60 = FloatVector.fromArray(V, x, x60 + c);
      FloatVector v61 = FloatVector.fromArray(V, x, x61 + c);
      FloatVector v62 = FloatVector.fromArray(V, x, x62 + c);
      FloatVector v63 = FloatVector.fromArray(V, x, x63 + c);
      y10 = v60.fma(k40, y10);
      y10 = v61.fma(k41, y10);
      y10 = v62.fma(k42, y10);
      y10 = v63.fma(k43, y10);
      y10.intoArray(y, yOff + yRowStep + c);
      y20 = v60.fma(k20, y20);
      y20 = v61.fma(k21, y20);
      y20 = v62.fma(k22, y20);
      y20 = v63.fma(k23, y20);
      FloatVector y30 = v60.fma(k00, start);
      y30 = v61.fma(k01, y30);
      y30 = v62.fma(k02, y30);
      y30 = v63.fma(k03, y30);
      FloatVector v70 = FloatVector.fromArray(V, x, x70 + c);
      FloatVector v71 = FloatVector.fromArray(V, x, x71 + c);
      FloatVector v72 = FloatVector.fromArray(V, x, x72 + c);
      FloatVector v73 = FloatVector.fromArray(V, x, x73 + c);
      y20 = v70.fma(k30, y20);
      y20 = v71.fma(k31, y20);
      y20 = v72.fma(k32, y20);
      y20 = v73.fma(k33, y20);
      y30 = v70.fma(k10, y30);
      y30 = v71.fma(k11, y30);
      y30 = v72.fma(k12, y30);
      y30 = v73.fma(k13, y30);
      FloatVector v80 = FloatVector.fromArray(V, x, x80 + c);
      FloatVector v81 = FloatVector.fromArray(V, x, x81 + c);
      FloatVector v82 = FloatVector.fromArray(V, x, x82 + c);
      FloatVector v83 = FloatVector.fromArray(V, x, x83 + c);
      y20 = v80.fma(k40, y20);
      y20 = v81.fma(k41, y20);
      y20 = v82.fma(k42, y20);
      y20 = v83.fma(k43, y20);
      y20.intoArray(y, yOff + 2 * yRowStep + c);
      y30 = v80.fma(k20, y30);
      y30 = v81.fma(k21, y30);
      y30 = v82.fma(k22, y30);
      y30 = v83.fma(k23, y30);
      FloatVector v90 = FloatVector.fromArray(V, x, x90 + c);
      FloatVector v91 = FloatVector.fromArray(V, x, x91 + c);
      FloatVector v92 = FloatVector.fromArray(V, x, x92 + c);
      FloatVector v93 = FloatVector.fromArray(V, x, x93 + c);
      y30 = v90.fma(k30, y30);
      y30 = v91.fma(k31, y30);
      y30 = v92.fma(k32, y30);
      y30 = v93.fma(k33, y30);
      FloatVector v100 = FloatVector.fromArray(V, x, x100 + c);
      FloatVector v101 = FloatVector.fromArray(V, x, x101 + c);
      FloatVector v102 = FloatVector.fromArray(V, x, x102 + c);
      FloatVector v103 = FloatVector.fromArray(V, x, x103 + c);
      y30 = v100.fma(k40, y30);
      y30 = v101.fma(k41, y30);
      y30 = v102.fma(k42, y30);
      y30 = v103.fma(k43, y30);
      y30.intoArray(y, yOff + 3 * yRowStep + c);
    }
  }

  /** 3 taps, a stride of 2. */
  private static void fourByOneOf5x3ByTwo(
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
    int x60 = xOff + 6 * rowStep;
    int x61 = xOff + 6 * rowStep + tapStep;
    int x62 = xOff + 6 * rowStep + 2 * tapStep;
    int x70 = xOff + 7 * rowStep;
    int x71 = xOff + 7 * rowStep + tapStep;
    int x72 = xOff + 7 * rowStep + 2 * tapStep;
    int x80 = xOff + 8 * rowStep;
    int x81 = xOff + 8 * rowStep + tapStep;
    int x82 = xOff + 8 * rowStep + 2 * tapStep;
    int x90 = xOff + 9 * rowStep;
    int x91 = xOff + 9 * rowStep + tapStep;
    int x92 = xOff + 9 * rowStep + 2 * tapStep;
    int x100 = xOff + 10 * rowStep;
    int x101 = xOff + 10 * rowStep + tapStep;
    int x102 = xOff + 10 * rowStep + 2 * tapStep;
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w12 = wOff + wRowStep + 2 * wStep;
    int w20 = wOff + 2 * wRowStep;
    int w21 = wOff + 2 * wRowStep + wStep;
    int w22 = wOff + 2 * wRowStep + 2 * wStep;
    int w30 = wOff + 3 * wRowStep;
    int w31 = wOff + 3 * wRowStep + wStep;
    int w32 = wOff + 3 * wRowStep + 2 * wStep;
    int w40 = wOff + 4 * wRowStep;
    int w41 = wOff + 4 * wRowStep + wStep;
    int w42 = wOff + 4 * wRowStep + 2 * wStep;
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
      FloatVector v20 = FloatVector.fromArray(V, x, x20 + c);
      FloatVector v21 = FloatVector.fromArray(V, x, x21 + c);
      FloatVector v22 = FloatVector.fromArray(V, x, x22 + c);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = v20.fma(k20, y00);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = v21.fma(k21, y00);
      FloatVector k22 = FloatVector.fromArray(V, w, w22 + c);
      y00 = v22.fma(k22, y00);
      FloatVector y10 = v20.fma(k00, start);
      y10 = v21.fma(k01, y10);
      y10 = v22.fma(k02, y10);
      FloatVector v30 = FloatVector.fromArray(V, x, x30 + c);
      FloatVector v31 = FloatVector.fromArray(V, x, x31 + c);
      FloatVector v32 = FloatVector.fromArray(V, x, x32 + c);
      FloatVector k30 = FloatVector.fromArray(V, w, w30 + c);
      y00 = v30.fma(k30, y00);
      FloatVector k31 = FloatVector.fromArray(V, w, w31 + c);
      y00 = v31.fma(k31, y00);
      FloatVector k32 = FloatVector.fromArray(V, w, w32 + c);
      y00 = v32.fma(k32, y00);
      y10 = v30.fma(k10, y10);
      y10 = v31.fma(k11, y10);
      y10 = v32.fma(k12, y10);
      FloatVector v40 = FloatVector.fromArray(V, x, x40 + c);
      FloatVector v41 = FloatVector.fromArray(V, x, x41 + c);
      FloatVector v42 = FloatVector.fromArray(V, x, x42 + c);
      FloatVector k40 = FloatVector.fromArray(V, w, w40 + c);
      y00 = v40.fma(k40, y00);
      FloatVector k41 = FloatVector.fromArray(V, w, w41 + c);
      y00 = v41.fma(k41, y00);
      FloatVector k42 = FloatVector.fromArray(V, w, w42 + c);
      y00 = v42.fma(k42, y00);
      y00.intoArray(y, yOff + c);
      y10 = v40.fma(k20, y10);
      y10 = v41.fma(k21, y10);
      y10 = v42.fma(k22, y10);
      FloatVector y20 = v40.fma(k00, start);
      y20 = v41.fma(k01, y20);
      y20 = v42.fma(k02, y20);
      FloatVector v50 = FloatVector.fromArray(V, x, x50 + c);
      FloatVector v51 = FloatVector.fromArray(V, x, x51 + c);
      FloatVector v52 = FloatVector.fromArray(V, x, x52 + c);
      y10 = v50.fma(k30, y10);
      y10 = v51.fma(k31, y10);
      y10 = v52.fma(k32, y10);
      y20 = v50.fma(k10, y20);
      y20 = v51.fma(k11, y20);
      y20 = v52.fma(k12, y20);
      FloatVector v60 = FloatVector.fromArray(V, x, x60 + c);
      FloatVector v61 = FloatVector.fromArray(V, x, x61 + c);
      FloatVector v62 = FloatVector.fromArray(V, x, x62 + c);
      y10 = v60.fma(k40, y10);
      y10 = v61.fma(k41, y10);
      y10 = v62.fma(k42, y10);
      y10.intoArray(y, yOff + yRowStep + c);
      y20 = v60.fma(k20, y20);
      y20 = v61.fma(k21, y20);
      y20 = v62.fma(k22, y20);
      FloatVector y30 = v60.fma(k00, start);
      y30 = v61.fma(k01, y30);
      y30 = v62.fma(k02, y30);
      FloatVector v70 = FloatVector.fromArray(V, x, x70 + c);
      FloatVector v71 = FloatVector.fromArray(V, x, x71 + c);
      FloatVector v72 = FloatVector.fromArray(V, x, x72 + c);
      y20 = v70.fma(k30, y20);
      y20 = v71.fma(k31, y20);
      y20 = v72.fma(k32, y20);
      y30 = v70.fma(k10, y30);
      y30 = v71.fma(k11, y30);
      y30 = v72.fma(k12, y30);
      FloatVector v80 = FloatVector.fromArray(V, x, x80 + c);
      FloatVector v81 = FloatVector.fromArray(V, x, x81 + c);
      FloatVector v82 = FloatVector.fromArray(V, x, x82 + c);
      y20 = v80.fma(k40, y20);
      y20 = v81.fma(k41, y20);
      y20 = v82.fma(k42, y20);
      y20.intoArray(y, yOff + 2 * yRowStep + c);
      y30 = v80.fma(k20, y30);
      y30 = v81.fma(k21, y30);
      y30 = v82.fma(k22, y30);
      FloatVector v90 = FloatVector.fromArray(V, x, x90 + c);
      FloatVector v91 = FloatVector.fromArray(V, x, x91 + c);
      FloatVector v92 = FloatVector.fromArray(V, x, x92 + c);
      y30 = v90.fma(k30, y30);
      y30 = v91.fma(k31, y30);
      y30 = v92.fma(k32, y30);
      FloatVector v100 = FloatVector.fromArray(V, x, x100 + c);
      FloatVector v101 = FloatVector.fromArray(V, x, x101 + c);
      FloatVector v102 = FloatVector.fromArray(V, x, x102 + c);
      y30 = v100.fma(k40, y30);
      y30 = v101.fma(k41, y30);
      y30 = v102.fma(k42, y30);
      y30.intoArray(y, yOff + 3 * yRowStep + c);
    }
  }
}
