package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.LaneGradientKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A vector of channels after the other, up to 3 x 3 taps at a time, whose sums stay in registers
 * from the first output to the last. Budget of the largest tile: 9 sums, 4 outputs, an input.
 * Channels that do not fill a vector go to {@code rest}.
 */
final class VectorLaneGradient implements LaneGradientKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MOST = 3;

  private final LaneGradientKernel rest;

  VectorLaneGradient(LaneGradientKernel rest) {
    this.rest = rest;
  }

  @Override
  public void add(
      int rows,
      int taps,
      int lines,
      int pixels,
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep) {
    int whole = V.loopBound(channels);
    for (int c = 0; c < whole; c += L) {
      int r = 0;
      while (r < rows) {
        int high = part(rows - r);
        int t = 0;
        while (t < taps) {
          int wide = part(taps - t);
          int from = xOff + c + r * rowStep + t * tapStep;
          int to = dwOff + c + r * dwRowStep + t * dwStep;
          tile(
              high,
              wide,
              lines,
              pixels,
              x,
              from,
              rowStep,
              tapStep,
              lineStep,
              pixelStep,
              dy,
              dyOff + c,
              dyLineStep,
              dyStep,
              dw,
              to,
              dwRowStep,
              dwStep);
          t += wide;
        }
        r += high;
      }
    }
    if (whole < channels) {
      rest.add(
          rows,
          taps,
          lines,
          pixels,
          channels - whole,
          x,
          xOff + whole,
          rowStep,
          tapStep,
          lineStep,
          pixelStep,
          dy,
          dyOff + whole,
          dyLineStep,
          dyStep,
          dw,
          dwOff + whole,
          dwRowStep,
          dwStep);
    }
  }

  /** Of so many rows or taps: as many as there are tiles for, but four in halves. */
  private static int part(int left) {
    return left == MOST + 1 ? 2 : Math.min(left, MOST);
  }

  private static void tile(
      int rows,
      int taps,
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep) {
    switch (MOST * (rows - 1) + taps - 1) {
      case 8 -> {
        if (pixelStep == tapStep) {
          threeByThreeShared(
              lines,
              pixels,
              x,
              xOff,
              rowStep,
              tapStep,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff,
              dwRowStep,
              dwStep);
        } else if (pixelStep == 2 * tapStep) {
          threeByThreeSharedByTwo(
              lines,
              pixels,
              x,
              xOff,
              rowStep,
              tapStep,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff,
              dwRowStep,
              dwStep);
        } else {
          threeByThree(
              lines,
              pixels,
              x,
              xOff,
              rowStep,
              tapStep,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff,
              dwRowStep,
              dwStep);
        }
      }
      case 7 ->
          threeByTwo(
              lines,
              pixels,
              x,
              xOff,
              rowStep,
              tapStep,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff,
              dwRowStep,
              dwStep);
      case 6 ->
          threeByOne(
              lines,
              pixels,
              x,
              xOff,
              rowStep,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff,
              dwRowStep);
      case 5 ->
          twoByThree(
              lines,
              pixels,
              x,
              xOff,
              rowStep,
              tapStep,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff,
              dwRowStep,
              dwStep);
      case 4 ->
          twoByTwo(
              lines,
              pixels,
              x,
              xOff,
              rowStep,
              tapStep,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff,
              dwRowStep,
              dwStep);
      case 3 ->
          twoByOne(
              lines,
              pixels,
              x,
              xOff,
              rowStep,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff,
              dwRowStep);
      case 2 ->
          oneByThree(
              lines,
              pixels,
              x,
              xOff,
              tapStep,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff,
              dwStep);
      case 1 ->
          oneByTwo(
              lines,
              pixels,
              x,
              xOff,
              tapStep,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff,
              dwStep);
      default ->
          oneByOne(
              lines,
              pixels,
              x,
              xOff,
              lineStep,
              pixelStep,
              dy,
              dyOff,
              dyLineStep,
              dyStep,
              dw,
              dwOff);
    }
  }

  /** Three rows of three taps; neighbours share inputs. */
  private static void threeByThreeShared(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
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
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      int i = 0;
      for (; i <= pixels - 4; i += 4) {
        FloatVector d0 = FloatVector.fromArray(V, dy, di);
        FloatVector d1 = FloatVector.fromArray(V, dy, di + dyStep);
        FloatVector d2 = FloatVector.fromArray(V, dy, di + 2 * dyStep);
        FloatVector d3 = FloatVector.fromArray(V, dy, di + 3 * dyStep);
        FloatVector v00 = FloatVector.fromArray(V, x, xi);
        w00 = v00.fma(d0, w00);
        FloatVector v01 = FloatVector.fromArray(V, x, xi + tapStep);
        w01 = v01.fma(d0, w01);
        w00 = v01.fma(d1, w00);
        FloatVector v02 = FloatVector.fromArray(V, x, xi + 2 * tapStep);
        w02 = v02.fma(d0, w02);
        w01 = v02.fma(d1, w01);
        w00 = v02.fma(d2, w00);
        FloatVector v03 = FloatVector.fromArray(V, x, xi + 3 * tapStep);
        w02 = v03.fma(d1, w02);
        w01 = v03.fma(d2, w01);
        w00 = v03.fma(d3, w00);
        FloatVector v04 = FloatVector.fromArray(V, x, xi + 4 * tapStep);
        w02 = v04.fma(d2, w02);
        w01 = v04.fma(d3, w01);
        FloatVector v05 = FloatVector.fromArray(V, x, xi + 5 * tapStep);
        w02 = v05.fma(d3, w02);
        int x1 = xi + rowStep;
        FloatVector v10 = FloatVector.fromArray(V, x, x1);
        w10 = v10.fma(d0, w10);
        FloatVector v11 = FloatVector.fromArray(V, x, x1 + tapStep);
        w11 = v11.fma(d0, w11);
        w10 = v11.fma(d1, w10);
        FloatVector v12 = FloatVector.fromArray(V, x, x1 + 2 * tapStep);
        w12 = v12.fma(d0, w12);
        w11 = v12.fma(d1, w11);
        w10 = v12.fma(d2, w10);
        FloatVector v13 = FloatVector.fromArray(V, x, x1 + 3 * tapStep);
        w12 = v13.fma(d1, w12);
        w11 = v13.fma(d2, w11);
        w10 = v13.fma(d3, w10);
        FloatVector v14 = FloatVector.fromArray(V, x, x1 + 4 * tapStep);
        w12 = v14.fma(d2, w12);
        w11 = v14.fma(d3, w11);
        FloatVector v15 = FloatVector.fromArray(V, x, x1 + 5 * tapStep);
        w12 = v15.fma(d3, w12);
        int x2 = xi + 2 * rowStep;
        FloatVector v20 = FloatVector.fromArray(V, x, x2);
        w20 = v20.fma(d0, w20);
        FloatVector v21 = FloatVector.fromArray(V, x, x2 + tapStep);
        w21 = v21.fma(d0, w21);
        w20 = v21.fma(d1, w20);
        FloatVector v22 = FloatVector.fromArray(V, x, x2 + 2 * tapStep);
        w22 = v22.fma(d0, w22);
        w21 = v22.fma(d1, w21);
        w20 = v22.fma(d2, w20);
        FloatVector v23 = FloatVector.fromArray(V, x, x2 + 3 * tapStep);
        w22 = v23.fma(d1, w22);
        w21 = v23.fma(d2, w21);
        w20 = v23.fma(d3, w20);
        FloatVector v24 = FloatVector.fromArray(V, x, x2 + 4 * tapStep);
        w22 = v24.fma(d2, w22);
        w21 = v24.fma(d3, w21);
        FloatVector v25 = FloatVector.fromArray(V, x, x2 + 5 * tapStep);
        w22 = v25.fma(d3, w22);
        xi += 4 * pixelStep;
        di += 4 * dyStep;
      }
      for (; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        w01 = FloatVector.fromArray(V, x, xi + tapStep).fma(d, w01);
        w02 = FloatVector.fromArray(V, x, xi + 2 * tapStep).fma(d, w02);
        int x1 = xi + rowStep;
        w10 = FloatVector.fromArray(V, x, x1).fma(d, w10);
        w11 = FloatVector.fromArray(V, x, x1 + tapStep).fma(d, w11);
        w12 = FloatVector.fromArray(V, x, x1 + 2 * tapStep).fma(d, w12);
        int x2 = xi + 2 * rowStep;
        w20 = FloatVector.fromArray(V, x, x2).fma(d, w20);
        w21 = FloatVector.fromArray(V, x, x2 + tapStep).fma(d, w21);
        w22 = FloatVector.fromArray(V, x, x2 + 2 * tapStep).fma(d, w22);
        xi += pixelStep;
        di += dyStep;
      }
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

  /** Three rows of three taps; neighbours are two taps apart and share inputs. */
  private static void threeByThreeSharedByTwo(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
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
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      int i = 0;
      for (; i <= pixels - 4; i += 4) {
        FloatVector d0 = FloatVector.fromArray(V, dy, di);
        FloatVector d1 = FloatVector.fromArray(V, dy, di + dyStep);
        FloatVector d2 = FloatVector.fromArray(V, dy, di + 2 * dyStep);
        FloatVector d3 = FloatVector.fromArray(V, dy, di + 3 * dyStep);
        FloatVector v00 = FloatVector.fromArray(V, x, xi);
        w00 = v00.fma(d0, w00);
        FloatVector v01 = FloatVector.fromArray(V, x, xi + tapStep);
        w01 = v01.fma(d0, w01);
        FloatVector v02 = FloatVector.fromArray(V, x, xi + 2 * tapStep);
        w02 = v02.fma(d0, w02);
        w00 = v02.fma(d1, w00);
        FloatVector v03 = FloatVector.fromArray(V, x, xi + 3 * tapStep);
        w01 = v03.fma(d1, w01);
        FloatVector v04 = FloatVector.fromArray(V, x, xi + 4 * tapStep);
        w02 = v04.fma(d1, w02);
        w00 = v04.fma(d2, w00);
        FloatVector v05 = FloatVector.fromArray(V, x, xi + 5 * tapStep);
        w01 = v05.fma(d2, w01);
        FloatVector v06 = FloatVector.fromArray(V, x, xi + 6 * tapStep);
        w02 = v06.fma(d2, w02);
        w00 = v06.fma(d3, w00);
        FloatVector v07 = FloatVector.fromArray(V, x, xi + 7 * tapStep);
        w01 = v07.fma(d3, w01);
        FloatVector v08 = FloatVector.fromArray(V, x, xi + 8 * tapStep);
        w02 = v08.fma(d3, w02);
        int x1 = xi + rowStep;
        FloatVector v10 = FloatVector.fromArray(V, x, x1);
        w10 = v10.fma(d0, w10);
        FloatVector v11 = FloatVector.fromArray(V, x, x1 + tapStep);
        w11 = v11.fma(d0, w11);
        FloatVector v12 = FloatVector.fromArray(V, x, x1 + 2 * tapStep);
        w12 = v12.fma(d0, w12);
        w10 = v12.fma(d1, w10);
        FloatVector v13 = FloatVector.fromArray(V, x, x1 + 3 * tapStep);
        w11 = v13.fma(d1, w11);
        FloatVector v14 = FloatVector.fromArray(V, x, x1 + 4 * tapStep);
        w12 = v14.fma(d1, w12);
        w10 = v14.fma(d2, w10);
        FloatVector v15 = FloatVector.fromArray(V, x, x1 + 5 * tapStep);
        w11 = v15.fma(d2, w11);
        FloatVector v16 = FloatVector.fromArray(V, x, x1 + 6 * tapStep);
        w12 = v16.fma(d2, w12);
        w10 = v16.fma(d3, w10);
        FloatVector v17 = FloatVector.fromArray(V, x, x1 + 7 * tapStep);
        w11 = v17.fma(d3, w11);
        FloatVector v18 = FloatVector.fromArray(V, x, x1 + 8 * tapStep);
        w12 = v18.fma(d3, w12);
        int x2 = xi + 2 * rowStep;
        FloatVector v20 = FloatVector.fromArray(V, x, x2);
        w20 = v20.fma(d0, w20);
        FloatVector v21 = FloatVector.fromArray(V, x, x2 + tapStep);
        w21 = v21.fma(d0, w21);
        FloatVector v22 = FloatVector.fromArray(V, x, x2 + 2 * tapStep);
        w22 = v22.fma(d0, w22);
        w20 = v22.fma(d1, w20);
        FloatVector v23 = FloatVector.fromArray(V, x, x2 + 3 * tapStep);
        w21 = v23.fma(d1, w21);
        FloatVector v24 = FloatVector.fromArray(V, x, x2 + 4 * tapStep);
        w22 = v24.fma(d1, w22);
        w20 = v24.fma(d2, w20);
        FloatVector v25 = FloatVector.fromArray(V, x, x2 + 5 * tapStep);
        w21 = v25.fma(d2, w21);
        FloatVector v26 = FloatVector.fromArray(V, x, x2 + 6 * tapStep);
        w22 = v26.fma(d2, w22);
        w20 = v26.fma(d3, w20);
        FloatVector v27 = FloatVector.fromArray(V, x, x2 + 7 * tapStep);
        w21 = v27.fma(d3, w21);
        FloatVector v28 = FloatVector.fromArray(V, x, x2 + 8 * tapStep);
        w22 = v28.fma(d3, w22);
        xi += 4 * pixelStep;
        di += 4 * dyStep;
      }
      for (; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        w01 = FloatVector.fromArray(V, x, xi + tapStep).fma(d, w01);
        w02 = FloatVector.fromArray(V, x, xi + 2 * tapStep).fma(d, w02);
        int x1 = xi + rowStep;
        w10 = FloatVector.fromArray(V, x, x1).fma(d, w10);
        w11 = FloatVector.fromArray(V, x, x1 + tapStep).fma(d, w11);
        w12 = FloatVector.fromArray(V, x, x1 + 2 * tapStep).fma(d, w12);
        int x2 = xi + 2 * rowStep;
        w20 = FloatVector.fromArray(V, x, x2).fma(d, w20);
        w21 = FloatVector.fromArray(V, x, x2 + tapStep).fma(d, w21);
        w22 = FloatVector.fromArray(V, x, x2 + 2 * tapStep).fma(d, w22);
        xi += pixelStep;
        di += dyStep;
      }
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

  /** Three rows of three taps. */
  private static void threeByThree(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
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
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      for (int i = 0; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        w01 = FloatVector.fromArray(V, x, xi + tapStep).fma(d, w01);
        w02 = FloatVector.fromArray(V, x, xi + 2 * tapStep).fma(d, w02);
        int x1 = xi + rowStep;
        w10 = FloatVector.fromArray(V, x, x1).fma(d, w10);
        w11 = FloatVector.fromArray(V, x, x1 + tapStep).fma(d, w11);
        w12 = FloatVector.fromArray(V, x, x1 + 2 * tapStep).fma(d, w12);
        int x2 = xi + 2 * rowStep;
        w20 = FloatVector.fromArray(V, x, x2).fma(d, w20);
        w21 = FloatVector.fromArray(V, x, x2 + tapStep).fma(d, w21);
        w22 = FloatVector.fromArray(V, x, x2 + 2 * tapStep).fma(d, w22);
        xi += pixelStep;
        di += dyStep;
      }
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

  /** Three rows of two taps. */
  private static void threeByTwo(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep) {
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep);
    FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep);
    FloatVector w11 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + dwStep);
    FloatVector w20 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep);
    FloatVector w21 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep + dwStep);
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      for (int i = 0; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        w01 = FloatVector.fromArray(V, x, xi + tapStep).fma(d, w01);
        int x1 = xi + rowStep;
        w10 = FloatVector.fromArray(V, x, x1).fma(d, w10);
        w11 = FloatVector.fromArray(V, x, x1 + tapStep).fma(d, w11);
        int x2 = xi + 2 * rowStep;
        w20 = FloatVector.fromArray(V, x, x2).fma(d, w20);
        w21 = FloatVector.fromArray(V, x, x2 + tapStep).fma(d, w21);
        xi += pixelStep;
        di += dyStep;
      }
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w01).intoArray(dw, dwOff + dwStep);
    zero.add(w10).intoArray(dw, dwOff + dwRowStep);
    zero.add(w11).intoArray(dw, dwOff + dwRowStep + dwStep);
    zero.add(w20).intoArray(dw, dwOff + 2 * dwRowStep);
    zero.add(w21).intoArray(dw, dwOff + 2 * dwRowStep + dwStep);
  }

  /** Three rows of one tap. */
  private static void threeByOne(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep) {
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep);
    FloatVector w20 = FloatVector.fromArray(V, dw, dwOff + 2 * dwRowStep);
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      for (int i = 0; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        int x1 = xi + rowStep;
        w10 = FloatVector.fromArray(V, x, x1).fma(d, w10);
        int x2 = xi + 2 * rowStep;
        w20 = FloatVector.fromArray(V, x, x2).fma(d, w20);
        xi += pixelStep;
        di += dyStep;
      }
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w10).intoArray(dw, dwOff + dwRowStep);
    zero.add(w20).intoArray(dw, dwOff + 2 * dwRowStep);
  }

  /** Two rows of three taps. */
  private static void twoByThree(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
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
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      for (int i = 0; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        w01 = FloatVector.fromArray(V, x, xi + tapStep).fma(d, w01);
        w02 = FloatVector.fromArray(V, x, xi + 2 * tapStep).fma(d, w02);
        int x1 = xi + rowStep;
        w10 = FloatVector.fromArray(V, x, x1).fma(d, w10);
        w11 = FloatVector.fromArray(V, x, x1 + tapStep).fma(d, w11);
        w12 = FloatVector.fromArray(V, x, x1 + 2 * tapStep).fma(d, w12);
        xi += pixelStep;
        di += dyStep;
      }
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w01).intoArray(dw, dwOff + dwStep);
    zero.add(w02).intoArray(dw, dwOff + 2 * dwStep);
    zero.add(w10).intoArray(dw, dwOff + dwRowStep);
    zero.add(w11).intoArray(dw, dwOff + dwRowStep + dwStep);
    zero.add(w12).intoArray(dw, dwOff + dwRowStep + 2 * dwStep);
  }

  /** Two rows of two taps. */
  private static void twoByTwo(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep,
      int dwStep) {
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep);
    FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep);
    FloatVector w11 = FloatVector.fromArray(V, dw, dwOff + dwRowStep + dwStep);
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      for (int i = 0; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        w01 = FloatVector.fromArray(V, x, xi + tapStep).fma(d, w01);
        int x1 = xi + rowStep;
        w10 = FloatVector.fromArray(V, x, x1).fma(d, w10);
        w11 = FloatVector.fromArray(V, x, x1 + tapStep).fma(d, w11);
        xi += pixelStep;
        di += dyStep;
      }
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w01).intoArray(dw, dwOff + dwStep);
    zero.add(w10).intoArray(dw, dwOff + dwRowStep);
    zero.add(w11).intoArray(dw, dwOff + dwRowStep + dwStep);
  }

  /** Two rows of one tap. */
  private static void twoByOne(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int rowStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwRowStep) {
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    FloatVector w10 = FloatVector.fromArray(V, dw, dwOff + dwRowStep);
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      for (int i = 0; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        int x1 = xi + rowStep;
        w10 = FloatVector.fromArray(V, x, x1).fma(d, w10);
        xi += pixelStep;
        di += dyStep;
      }
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w10).intoArray(dw, dwOff + dwRowStep);
  }

  /** One row of three taps. */
  private static void oneByThree(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwStep) {
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep);
    FloatVector w02 = FloatVector.fromArray(V, dw, dwOff + 2 * dwStep);
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      for (int i = 0; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        w01 = FloatVector.fromArray(V, x, xi + tapStep).fma(d, w01);
        w02 = FloatVector.fromArray(V, x, xi + 2 * tapStep).fma(d, w02);
        xi += pixelStep;
        di += dyStep;
      }
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w01).intoArray(dw, dwOff + dwStep);
    zero.add(w02).intoArray(dw, dwOff + 2 * dwStep);
  }

  /** One row of two taps. */
  private static void oneByTwo(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int tapStep,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff,
      int dwStep) {
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    FloatVector w01 = FloatVector.fromArray(V, dw, dwOff + dwStep);
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      for (int i = 0; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        w01 = FloatVector.fromArray(V, x, xi + tapStep).fma(d, w01);
        xi += pixelStep;
        di += dyStep;
      }
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
    zero.add(w01).intoArray(dw, dwOff + dwStep);
  }

  /** One row of one tap. */
  private static void oneByOne(
      int lines,
      int pixels,
      float[] x,
      int xOff,
      int lineStep,
      int pixelStep,
      float[] dy,
      int dyOff,
      int dyLineStep,
      int dyStep,
      float[] dw,
      int dwOff) {
    FloatVector w00 = FloatVector.fromArray(V, dw, dwOff);
    for (int line = 0; line < lines; line++) {
      int xi = xOff + line * lineStep;
      int di = dyOff + line * dyLineStep;
      for (int i = 0; i < pixels; i++) {
        FloatVector d = FloatVector.fromArray(V, dy, di);
        w00 = FloatVector.fromArray(V, x, xi).fma(d, w00);
        xi += pixelStep;
        di += dyStep;
      }
    }
    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class
    zero.add(w00).intoArray(dw, dwOff);
  }
}
