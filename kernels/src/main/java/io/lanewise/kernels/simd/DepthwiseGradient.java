package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Outputs of a row added to the gradient of rows of taps. */
final class DepthwiseGradient {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private DepthwiseGradient() {}

  /** Three rows, outputs in fours that share their inputs: 9 accumulators, 4 of dy, 6 inputs. */
  static void threeRowsDense(
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      float[] dy,
      int dyOff,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep) {
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep);
    FloatVector w02 = FloatVector.fromArray(V, dw, dwOff + 2 * dwStep);
    FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep);
    FloatVector w11 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + dwStep);
    FloatVector w12 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + 2 * dwStep);
    FloatVector w20 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep);
    FloatVector w21 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep + dwStep);
    FloatVector w22 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep + 2 * dwStep);
    int xi = xOff;
    int di = dyOff;
    for (int i = 0; i < pixels; i += 4) {
      FloatVector d0 = FloatVector.fromArray(V, dy, di);
      FloatVector d1 = FloatVector.fromArray(V, dy, di + dyStep);
      FloatVector d2 = FloatVector.fromArray(V, dy, di + 2 * dyStep);
      FloatVector d3 = FloatVector.fromArray(V, dy, di + 3 * dyStep);
      int x0 = xi;
      FloatVector v00 = FloatVector.fromArray(V, x, x0);
      FloatVector v01 = FloatVector.fromArray(V, x, x0 + tapStep);
      FloatVector v02 = FloatVector.fromArray(V, x, x0 + 2 * tapStep);
      FloatVector v03 = FloatVector.fromArray(V, x, x0 + 3 * tapStep);
      FloatVector v04 = FloatVector.fromArray(V, x, x0 + 4 * tapStep);
      FloatVector v05 = FloatVector.fromArray(V, x, x0 + 5 * tapStep);
      w00 = v00.fma(d0, w00);
      w01 = v01.fma(d0, w01);
      w02 = v02.fma(d0, w02);
      w00 = v01.fma(d1, w00);
      w01 = v02.fma(d1, w01);
      w02 = v03.fma(d1, w02);
      w00 = v02.fma(d2, w00);
      w01 = v03.fma(d2, w01);
      w02 = v04.fma(d2, w02);
      w00 = v03.fma(d3, w00);
      w01 = v04.fma(d3, w01);
      w02 = v05.fma(d3, w02);
      int x1 = xi + rowStep;
      FloatVector v10 = FloatVector.fromArray(V, x, x1);
      FloatVector v11 = FloatVector.fromArray(V, x, x1 + tapStep);
      FloatVector v12 = FloatVector.fromArray(V, x, x1 + 2 * tapStep);
      FloatVector v13 = FloatVector.fromArray(V, x, x1 + 3 * tapStep);
      FloatVector v14 = FloatVector.fromArray(V, x, x1 + 4 * tapStep);
      FloatVector v15 = FloatVector.fromArray(V, x, x1 + 5 * tapStep);
      w10 = v10.fma(d0, w10);
      w11 = v11.fma(d0, w11);
      w12 = v12.fma(d0, w12);
      w10 = v11.fma(d1, w10);
      w11 = v12.fma(d1, w11);
      w12 = v13.fma(d1, w12);
      w10 = v12.fma(d2, w10);
      w11 = v13.fma(d2, w11);
      w12 = v14.fma(d2, w12);
      w10 = v13.fma(d3, w10);
      w11 = v14.fma(d3, w11);
      w12 = v15.fma(d3, w12);
      int x2 = xi + 2 * rowStep;
      FloatVector v20 = FloatVector.fromArray(V, x, x2);
      FloatVector v21 = FloatVector.fromArray(V, x, x2 + tapStep);
      FloatVector v22 = FloatVector.fromArray(V, x, x2 + 2 * tapStep);
      FloatVector v23 = FloatVector.fromArray(V, x, x2 + 3 * tapStep);
      FloatVector v24 = FloatVector.fromArray(V, x, x2 + 4 * tapStep);
      FloatVector v25 = FloatVector.fromArray(V, x, x2 + 5 * tapStep);
      w20 = v20.fma(d0, w20);
      w21 = v21.fma(d0, w21);
      w22 = v22.fma(d0, w22);
      w20 = v21.fma(d1, w20);
      w21 = v22.fma(d1, w21);
      w22 = v23.fma(d1, w22);
      w20 = v22.fma(d2, w20);
      w21 = v23.fma(d2, w21);
      w22 = v24.fma(d2, w22);
      w20 = v23.fma(d3, w20);
      w21 = v24.fma(d3, w21);
      w22 = v25.fma(d3, w22);
      xi += 4 * tapStep;
      di += 4 * dyStep;
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w01).intoArray(dw, dwOff + dwStep);
    zero.add(w02).intoArray(dw, dwOff + 2 * dwStep);
    zero.add(w10).intoArray(dw, dwOff + dwRowStep);
    zero.add(w11).intoArray(dw, dwOff + dwRowStep + dwStep);
    zero.add(w12).intoArray(dw, dwOff + dwRowStep + 2 * dwStep);
    zero.add(w20).intoArray(dw, dwOff + 2 * dwRowStep);
    zero.add(w21).intoArray(dw, dwOff + 2 * dwRowStep + dwStep);
    zero.add(w22).intoArray(dw, dwOff + 2 * dwRowStep + 2 * dwStep);
  }

  /** Two rows, outputs in fours. */
  static void twoRowsDense(
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      float[] dy,
      int dyOff,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep) {
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep);
    FloatVector w02 = FloatVector.fromArray(V, dw, dwOff + 2 * dwStep);
    FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep);
    FloatVector w11 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + dwStep);
    FloatVector w12 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + 2 * dwStep);
    int xi = xOff;
    int di = dyOff;
    for (int i = 0; i < pixels; i += 4) {
      FloatVector d0 = FloatVector.fromArray(V, dy, di);
      FloatVector d1 = FloatVector.fromArray(V, dy, di + dyStep);
      FloatVector d2 = FloatVector.fromArray(V, dy, di + 2 * dyStep);
      FloatVector d3 = FloatVector.fromArray(V, dy, di + 3 * dyStep);
      int x0 = xi;
      FloatVector v00 = FloatVector.fromArray(V, x, x0);
      FloatVector v01 = FloatVector.fromArray(V, x, x0 + tapStep);
      FloatVector v02 = FloatVector.fromArray(V, x, x0 + 2 * tapStep);
      FloatVector v03 = FloatVector.fromArray(V, x, x0 + 3 * tapStep);
      FloatVector v04 = FloatVector.fromArray(V, x, x0 + 4 * tapStep);
      FloatVector v05 = FloatVector.fromArray(V, x, x0 + 5 * tapStep);
      w00 = v00.fma(d0, w00);
      w01 = v01.fma(d0, w01);
      w02 = v02.fma(d0, w02);
      w00 = v01.fma(d1, w00);
      w01 = v02.fma(d1, w01);
      w02 = v03.fma(d1, w02);
      w00 = v02.fma(d2, w00);
      w01 = v03.fma(d2, w01);
      w02 = v04.fma(d2, w02);
      w00 = v03.fma(d3, w00);
      w01 = v04.fma(d3, w01);
      w02 = v05.fma(d3, w02);
      int x1 = xi + rowStep;
      FloatVector v10 = FloatVector.fromArray(V, x, x1);
      FloatVector v11 = FloatVector.fromArray(V, x, x1 + tapStep);
      FloatVector v12 = FloatVector.fromArray(V, x, x1 + 2 * tapStep);
      FloatVector v13 = FloatVector.fromArray(V, x, x1 + 3 * tapStep);
      FloatVector v14 = FloatVector.fromArray(V, x, x1 + 4 * tapStep);
      FloatVector v15 = FloatVector.fromArray(V, x, x1 + 5 * tapStep);
      w10 = v10.fma(d0, w10);
      w11 = v11.fma(d0, w11);
      w12 = v12.fma(d0, w12);
      w10 = v11.fma(d1, w10);
      w11 = v12.fma(d1, w11);
      w12 = v13.fma(d1, w12);
      w10 = v12.fma(d2, w10);
      w11 = v13.fma(d2, w11);
      w12 = v14.fma(d2, w12);
      w10 = v13.fma(d3, w10);
      w11 = v14.fma(d3, w11);
      w12 = v15.fma(d3, w12);
      xi += 4 * tapStep;
      di += 4 * dyStep;
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w01).intoArray(dw, dwOff + dwStep);
    zero.add(w02).intoArray(dw, dwOff + 2 * dwStep);
    zero.add(w10).intoArray(dw, dwOff + dwRowStep);
    zero.add(w11).intoArray(dw, dwOff + dwRowStep + dwStep);
    zero.add(w12).intoArray(dw, dwOff + dwRowStep + 2 * dwStep);
  }

  /** Three rows. */
  static void threeRows(
      int pixels,
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
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep);
    FloatVector w02 = FloatVector.fromArray(V, dw, dwOff + 2 * dwStep);
    FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep);
    FloatVector w11 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + dwStep);
    FloatVector w12 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + 2 * dwStep);
    FloatVector w20 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep);
    FloatVector w21 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep + dwStep);
    FloatVector w22 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep + 2 * dwStep);
    int xi = xOff;
    int di = dyOff;
    for (int i = 0; i < pixels; i += 1) {
      FloatVector d0 = FloatVector.fromArray(V, dy, di);
      int x0 = xi;
      FloatVector v00 = FloatVector.fromArray(V, x, x0);
      FloatVector v01 = FloatVector.fromArray(V, x, x0 + tapStep);
      FloatVector v02 = FloatVector.fromArray(V, x, x0 + 2 * tapStep);
      w00 = v00.fma(d0, w00);
      w01 = v01.fma(d0, w01);
      w02 = v02.fma(d0, w02);
      int x1 = xi + rowStep;
      FloatVector v10 = FloatVector.fromArray(V, x, x1);
      FloatVector v11 = FloatVector.fromArray(V, x, x1 + tapStep);
      FloatVector v12 = FloatVector.fromArray(V, x, x1 + 2 * tapStep);
      w10 = v10.fma(d0, w10);
      w11 = v11.fma(d0, w11);
      w12 = v12.fma(d0, w12);
      int x2 = xi + 2 * rowStep;
      FloatVector v20 = FloatVector.fromArray(V, x, x2);
      FloatVector v21 = FloatVector.fromArray(V, x, x2 + tapStep);
      FloatVector v22 = FloatVector.fromArray(V, x, x2 + 2 * tapStep);
      w20 = v20.fma(d0, w20);
      w21 = v21.fma(d0, w21);
      w22 = v22.fma(d0, w22);
      xi += pixelStep;
      di += dyStep;
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w01).intoArray(dw, dwOff + dwStep);
    zero.add(w02).intoArray(dw, dwOff + 2 * dwStep);
    zero.add(w10).intoArray(dw, dwOff + dwRowStep);
    zero.add(w11).intoArray(dw, dwOff + dwRowStep + dwStep);
    zero.add(w12).intoArray(dw, dwOff + dwRowStep + 2 * dwStep);
    zero.add(w20).intoArray(dw, dwOff + 2 * dwRowStep);
    zero.add(w21).intoArray(dw, dwOff + 2 * dwRowStep + dwStep);
    zero.add(w22).intoArray(dw, dwOff + 2 * dwRowStep + 2 * dwStep);
  }

  /** Two rows. */
  static void twoRows(
      int pixels,
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
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep);
    FloatVector w02 = FloatVector.fromArray(V, dw, dwOff + 2 * dwStep);
    FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep);
    FloatVector w11 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + dwStep);
    FloatVector w12 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + 2 * dwStep);
    int xi = xOff;
    int di = dyOff;
    for (int i = 0; i < pixels; i += 1) {
      FloatVector d0 = FloatVector.fromArray(V, dy, di);
      int x0 = xi;
      FloatVector v00 = FloatVector.fromArray(V, x, x0);
      FloatVector v01 = FloatVector.fromArray(V, x, x0 + tapStep);
      FloatVector v02 = FloatVector.fromArray(V, x, x0 + 2 * tapStep);
      w00 = v00.fma(d0, w00);
      w01 = v01.fma(d0, w01);
      w02 = v02.fma(d0, w02);
      int x1 = xi + rowStep;
      FloatVector v10 = FloatVector.fromArray(V, x, x1);
      FloatVector v11 = FloatVector.fromArray(V, x, x1 + tapStep);
      FloatVector v12 = FloatVector.fromArray(V, x, x1 + 2 * tapStep);
      w10 = v10.fma(d0, w10);
      w11 = v11.fma(d0, w11);
      w12 = v12.fma(d0, w12);
      xi += pixelStep;
      di += dyStep;
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w01).intoArray(dw, dwOff + dwStep);
    zero.add(w02).intoArray(dw, dwOff + 2 * dwStep);
    zero.add(w10).intoArray(dw, dwOff + dwRowStep);
    zero.add(w11).intoArray(dw, dwOff + dwRowStep + dwStep);
    zero.add(w12).intoArray(dw, dwOff + dwRowStep + 2 * dwStep);
  }

  /** One output. */
  static void oneOf3x3(
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
    for (int c = 0; c < channels; c += L) {
      FloatVector d = FloatVector.fromArray(V, dy, dyOff + c);
      FloatVector w00 = FloatVector.fromArray(V, dw, dwOff + c);
      FloatVector.fromArray(V, x, xOff + c).fma(d, w00).intoArray(dw, dwOff + c);
      FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep + c);
      FloatVector.fromArray(V, x, xOff + tapStep + c).fma(d, w01).intoArray(dw, dwOff + dwStep + c);
      FloatVector w02 = FloatVector.fromArray(V, dw, dwOff + 2 * dwStep + c);
      FloatVector.fromArray(V, x, xOff + 2 * tapStep + c)
          .fma(d, w02)
          .intoArray(dw, dwOff + 2 * dwStep + c);
      FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + c);
      FloatVector.fromArray(V, x, xOff + rowStep + c)
          .fma(d, w10)
          .intoArray(dw, dwOff + dwRowStep + c);
      FloatVector w11 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + dwStep + c);
      FloatVector.fromArray(V, x, xOff + rowStep + tapStep + c)
          .fma(d, w11)
          .intoArray(dw, dwOff + dwRowStep + dwStep + c);
      FloatVector w12 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + 2 * dwStep + c);
      FloatVector.fromArray(V, x, xOff + rowStep + 2 * tapStep + c)
          .fma(d, w12)
          .intoArray(dw, dwOff + dwRowStep + 2 * dwStep + c);
      FloatVector w20 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep + c);
      FloatVector.fromArray(V, x, xOff + 2 * rowStep + c)
          .fma(d, w20)
          .intoArray(dw, dwOff + 2 * dwRowStep + c);
      FloatVector w21 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep + dwStep + c);
      FloatVector.fromArray(V, x, xOff + 2 * rowStep + tapStep + c)
          .fma(d, w21)
          .intoArray(dw, dwOff + 2 * dwRowStep + dwStep + c);
      FloatVector w22 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep + 2 * dwStep + c);
      FloatVector.fromArray(V, x, xOff + 2 * rowStep + 2 * tapStep + c)
          .fma(d, w22)
          .intoArray(dw, dwOff + 2 * dwRowStep + 2 * dwStep + c);
    }
  }

  /** One output at the left or right border. */
  static void oneOf3x2(
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
    for (int c = 0; c < channels; c += L) {
      FloatVector d = FloatVector.fromArray(V, dy, dyOff + c);
      FloatVector w00 = FloatVector.fromArray(V, dw, dwOff + c);
      FloatVector.fromArray(V, x, xOff + c).fma(d, w00).intoArray(dw, dwOff + c);
      FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep + c);
      FloatVector.fromArray(V, x, xOff + tapStep + c).fma(d, w01).intoArray(dw, dwOff + dwStep + c);
      FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + c);
      FloatVector.fromArray(V, x, xOff + rowStep + c)
          .fma(d, w10)
          .intoArray(dw, dwOff + dwRowStep + c);
      FloatVector w11 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + dwStep + c);
      FloatVector.fromArray(V, x, xOff + rowStep + tapStep + c)
          .fma(d, w11)
          .intoArray(dw, dwOff + dwRowStep + dwStep + c);
      FloatVector w20 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep + c);
      FloatVector.fromArray(V, x, xOff + 2 * rowStep + c)
          .fma(d, w20)
          .intoArray(dw, dwOff + 2 * dwRowStep + c);
      FloatVector w21 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep + dwStep + c);
      FloatVector.fromArray(V, x, xOff + 2 * rowStep + tapStep + c)
          .fma(d, w21)
          .intoArray(dw, dwOff + 2 * dwRowStep + dwStep + c);
    }
  }

  /** One output at the upper or lower border. */
  static void oneOf2x3(
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
    for (int c = 0; c < channels; c += L) {
      FloatVector d = FloatVector.fromArray(V, dy, dyOff + c);
      FloatVector w00 = FloatVector.fromArray(V, dw, dwOff + c);
      FloatVector.fromArray(V, x, xOff + c).fma(d, w00).intoArray(dw, dwOff + c);
      FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep + c);
      FloatVector.fromArray(V, x, xOff + tapStep + c).fma(d, w01).intoArray(dw, dwOff + dwStep + c);
      FloatVector w02 = FloatVector.fromArray(V, dw, dwOff + 2 * dwStep + c);
      FloatVector.fromArray(V, x, xOff + 2 * tapStep + c)
          .fma(d, w02)
          .intoArray(dw, dwOff + 2 * dwStep + c);
      FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + c);
      FloatVector.fromArray(V, x, xOff + rowStep + c)
          .fma(d, w10)
          .intoArray(dw, dwOff + dwRowStep + c);
      FloatVector w11 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + dwStep + c);
      FloatVector.fromArray(V, x, xOff + rowStep + tapStep + c)
          .fma(d, w11)
          .intoArray(dw, dwOff + dwRowStep + dwStep + c);
      FloatVector w12 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + 2 * dwStep + c);
      FloatVector.fromArray(V, x, xOff + rowStep + 2 * tapStep + c)
          .fma(d, w12)
          .intoArray(dw, dwOff + dwRowStep + 2 * dwStep + c);
    }
  }

  /** One output in a corner. */
  static void oneOf2x2(
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
    for (int c = 0; c < channels; c += L) {
      FloatVector d = FloatVector.fromArray(V, dy, dyOff + c);
      FloatVector w00 = FloatVector.fromArray(V, dw, dwOff + c);
      FloatVector.fromArray(V, x, xOff + c).fma(d, w00).intoArray(dw, dwOff + c);
      FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep + c);
      FloatVector.fromArray(V, x, xOff + tapStep + c).fma(d, w01).intoArray(dw, dwOff + dwStep + c);
      FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + c);
      FloatVector.fromArray(V, x, xOff + rowStep + c)
          .fma(d, w10)
          .intoArray(dw, dwOff + dwRowStep + c);
      FloatVector w11 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + dwStep + c);
      FloatVector.fromArray(V, x, xOff + rowStep + tapStep + c)
          .fma(d, w11)
          .intoArray(dw, dwOff + dwRowStep + dwStep + c);
    }
  }

  /** Four outputs, three taps. */
  static void fourOf3(
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
    for (int c = 0; c < channels; c += L) {
      FloatVector w0 = FloatVector.fromArray(V, dw, dwOff + c);
      FloatVector w1 = FloatVector.fromArray(V, dw, dwOff + dwStep + c);
      FloatVector w2 = FloatVector.fromArray(V, dw, dwOff + 2 * dwStep + c);
      FloatVector d0 = FloatVector.fromArray(V, dy, dyOff + c);
      w0 = FloatVector.fromArray(V, x, xOff + c).fma(d0, w0);
      w1 = FloatVector.fromArray(V, x, xOff + tapStep + c).fma(d0, w1);
      w2 = FloatVector.fromArray(V, x, xOff + 2 * tapStep + c).fma(d0, w2);
      FloatVector d1 = FloatVector.fromArray(V, dy, dyOff + dyStep + c);
      w0 = FloatVector.fromArray(V, x, xOff + pixelStep + c).fma(d1, w0);
      w1 = FloatVector.fromArray(V, x, xOff + pixelStep + tapStep + c).fma(d1, w1);
      w2 = FloatVector.fromArray(V, x, xOff + pixelStep + 2 * tapStep + c).fma(d1, w2);
      FloatVector d2 = FloatVector.fromArray(V, dy, dyOff + 2 * dyStep + c);
      w0 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + c).fma(d2, w0);
      w1 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + tapStep + c).fma(d2, w1);
      w2 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + 2 * tapStep + c).fma(d2, w2);
      FloatVector d3 = FloatVector.fromArray(V, dy, dyOff + 3 * dyStep + c);
      w0 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + c).fma(d3, w0);
      w1 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + tapStep + c).fma(d3, w1);
      w2 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + 2 * tapStep + c).fma(d3, w2);
      w0.intoArray(dw, dwOff + c);
      w1.intoArray(dw, dwOff + dwStep + c);
      w2.intoArray(dw, dwOff + 2 * dwStep + c);
    }
  }

  /** One output, three taps. */
  static void oneOf3(
      int channels,
      float[] x,
      int xOff,
      int tapStep,
      float[] dy,
      int dyOff,
      float[] dw,
      int dwOff,
      int dwStep) {
    for (int c = 0; c < channels; c += L) {
      FloatVector w0 = FloatVector.fromArray(V, dw, dwOff + c);
      FloatVector w1 = FloatVector.fromArray(V, dw, dwOff + dwStep + c);
      FloatVector w2 = FloatVector.fromArray(V, dw, dwOff + 2 * dwStep + c);
      FloatVector d0 = FloatVector.fromArray(V, dy, dyOff + c);
      w0 = FloatVector.fromArray(V, x, xOff + c).fma(d0, w0);
      w1 = FloatVector.fromArray(V, x, xOff + tapStep + c).fma(d0, w1);
      w2 = FloatVector.fromArray(V, x, xOff + 2 * tapStep + c).fma(d0, w2);
      w0.intoArray(dw, dwOff + c);
      w1.intoArray(dw, dwOff + dwStep + c);
      w2.intoArray(dw, dwOff + 2 * dwStep + c);
    }
  }

  /** Four outputs, one tap. */
  static void fourOf1(
      int channels,
      float[] x,
      int xOff,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyStep,
      float[] dw,
      int dwOff) {
    for (int c = 0; c < channels; c += L) {
      FloatVector w0 = FloatVector.fromArray(V, dw, dwOff + c);
      FloatVector d0 = FloatVector.fromArray(V, dy, dyOff + c);
      w0 = FloatVector.fromArray(V, x, xOff + c).fma(d0, w0);
      FloatVector d1 = FloatVector.fromArray(V, dy, dyOff + dyStep + c);
      w0 = FloatVector.fromArray(V, x, xOff + pixelStep + c).fma(d1, w0);
      FloatVector d2 = FloatVector.fromArray(V, dy, dyOff + 2 * dyStep + c);
      w0 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + c).fma(d2, w0);
      FloatVector d3 = FloatVector.fromArray(V, dy, dyOff + 3 * dyStep + c);
      w0 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + c).fma(d3, w0);
      w0.intoArray(dw, dwOff + c);
    }
  }

  /** One output, one tap. */
  static void oneOf1(
      int channels, float[] x, int xOff, float[] dy, int dyOff, float[] dw, int dwOff) {
    for (int c = 0; c < channels; c += L) {
      FloatVector w0 = FloatVector.fromArray(V, dw, dwOff + c);
      FloatVector d0 = FloatVector.fromArray(V, dy, dyOff + c);
      w0 = FloatVector.fromArray(V, x, xOff + c).fma(d0, w0);
      w0.intoArray(dw, dwOff + c);
    }
  }
}
