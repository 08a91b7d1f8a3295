package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One output with a small window. */
final class DepthwiseOne {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private DepthwiseOne() {}

  /** The window of {@code rows} x {@code taps}, 3 x 3 at most. */
  static void run(
      int rows,
      int taps,
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
    switch (3 * rows + taps) {
      case 12 ->
          oneByOneOf3x3(
              channels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff);
      case 11 ->
          oneByOneOf3x2(
              channels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff);
      case 10 -> oneByOneOf3x1(channels, x, xOff, rowStep, w, wOff, wRowStep, s, sOff, y, yOff);
      case 9 ->
          oneByOneOf2x3(
              channels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff);
      case 8 ->
          oneByOneOf2x2(
              channels, x, xOff, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff);
      case 7 -> oneByOneOf2x1(channels, x, xOff, rowStep, w, wOff, wRowStep, s, sOff, y, yOff);
      case 6 -> oneByOneOf1x3(channels, x, xOff, tapStep, w, wOff, wStep, s, sOff, y, yOff);
      case 5 -> oneByOneOf1x2(channels, x, xOff, tapStep, w, wOff, wStep, s, sOff, y, yOff);
      case 4 -> oneByOneOf1x1(channels, x, xOff, w, wOff, s, sOff, y, yOff);
      default ->
          throw new IllegalArgumentException(
              "expected a window of up to 3 x 3, got " + rows + " x " + taps);
    }
  }

  /** 3 x 3. */
  private static void oneByOneOf3x3(
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

  /** 3 x 2. */
  private static void oneByOneOf3x2(
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

  /** 3 x 1. */
  private static void oneByOneOf3x1(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      float[] w,
      int wOff,
      int wRowStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    int w00 = wOff;
    int w10 = wOff + wRowStep;
    int w20 = wOff + 2 * wRowStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + c).fma(k10, y00);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + c).fma(k20, y00);
      y00.intoArray(y, yOff + c);
    }
  }

  /** 2 x 3. */
  private static void oneByOneOf2x3(
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

  /** 2 x 2. */
  private static void oneByOneOf2x2(
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

  /** 2 x 1. */
  private static void oneByOneOf2x1(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      float[] w,
      int wOff,
      int wRowStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    int w00 = wOff;
    int w10 = wOff + wRowStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + c).fma(k10, y00);
      y00.intoArray(y, yOff + c);
    }
  }

  /** 1 x 3. */
  private static void oneByOneOf1x3(
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
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = FloatVector.fromArray(V, x, xOff + tapStep + c).fma(k01, y00);
      FloatVector k02 = FloatVector.fromArray(V, w, w02 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * tapStep + c).fma(k02, y00);
      y00.intoArray(y, yOff + c);
    }
  }

  /** 1 x 2. */
  private static void oneByOneOf1x2(
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
    int w00 = wOff;
    int w01 = wOff + wStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector k01 = FloatVector.fromArray(V, w, w01 + c);
      y00 = FloatVector.fromArray(V, x, xOff + tapStep + c).fma(k01, y00);
      y00.intoArray(y, yOff + c);
    }
  }

  /** 1 x 1. */
  private static void oneByOneOf1x1(
      int channels,
      float[] x,
      int xOff,
      float[] w,
      int wOff,
      float[] s,
      int sOff,
      float[] y,
      int yOff) {
    int w00 = wOff;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      y00.intoArray(y, yOff + c);
    }
  }
}
