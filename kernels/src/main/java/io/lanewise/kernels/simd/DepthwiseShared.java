package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Windows of outputs below each other that share their inputs. */
final class DepthwiseShared {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private DepthwiseShared() {}

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

  /** Four outputs below each other at the left or right border, a stride of 2. */
  static void fourByOneOf3x2ByTwo(
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
    int x60 = xOff + 6 * rowStep;
    int x61 = xOff + 6 * rowStep + tapStep;
    int x70 = xOff + 7 * rowStep;
    int x71 = xOff + 7 * rowStep + tapStep;
    int x80 = xOff + 8 * rowStep;
    int x81 = xOff + 8 * rowStep + tapStep;
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
      FloatVector v20 = FloatVector.fromArray(V, x, x20 + c);
      FloatVector v21 = FloatVector.fromArray(V, x, x21 + c);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = v20.fma(k20, y00);
      FloatVector k21 = FloatVector.fromArray(V, w, w21 + c);
      y00 = v21.fma(k21, y00);
      y00.intoArray(y, yOff + c);
      FloatVector y10 = v20.fma(k00, start);
      y10 = v21.fma(k01, y10);
      FloatVector v30 = FloatVector.fromArray(V, x, x30 + c);
      FloatVector v31 = FloatVector.fromArray(V, x, x31 + c);
      y10 = v30.fma(k10, y10);
      y10 = v31.fma(k11, y10);
      FloatVector v40 = FloatVector.fromArray(V, x, x40 + c);
      FloatVector v41 = FloatVector.fromArray(V, x, x41 + c);
      y10 = v40.fma(k20, y10);
      y10 = v41.fma(k21, y10);
      y10.intoArray(y, yOff + yRowStep + c);
      FloatVector y20 = v40.fma(k00, start);
      y20 = v41.fma(k01, y20);
      FloatVector v50 = FloatVector.fromArray(V, x, x50 + c);
      FloatVector v51 = FloatVector.fromArray(V, x, x51 + c);
      y20 = v50.fma(k10, y20);
      y20 = v51.fma(k11, y20);
      FloatVector v60 = FloatVector.fromArray(V, x, x60 + c);
      FloatVector v61 = FloatVector.fromArray(V, x, x61 + c);
      y20 = v60.fma(k20, y20);
      y20 = v61.fma(k21, y20);
      y20.intoArray(y, yOff + 2 * yRowStep + c);
      FloatVector y30 = v60.fma(k00, start);
      y30 = v61.fma(k01, y30);
      FloatVector v70 = FloatVector.fromArray(V, x, x70 + c);
      FloatVector v71 = FloatVector.fromArray(V, x, x71 + c);
      y30 = v70.fma(k10, y30);
      y30 = v71.fma(k11, y30);
      FloatVector v80 = FloatVector.fromArray(V, x, x80 + c);
      FloatVector v81 = FloatVector.fromArray(V, x, x81 + c);
      y30 = v80.fma(k20, y30);
      y30 = v81.fma(k21, y30);
      y30.intoArray(y, yOff + 3 * yRowStep + c);
    }
  }
}
