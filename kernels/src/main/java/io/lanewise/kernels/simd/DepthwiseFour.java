package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Four outputs side by side, at any distance, with small windows. */
final class DepthwiseFour {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private DepthwiseFour() {}

  /** The window of {@code rows} x {@code taps}, 3 x 3 at most. */
  static void run(
      int rows,
      int taps,
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
    switch (3 * rows + taps) {
      case 12 ->
          oneByFourOf3x3(
              channels, x, xOff, rowStep, tapStep, pixelStep, w, wOff, wRowStep, wStep, s, sOff, y,
              yOff, yStep);
      case 11 ->
          oneByFourOf3x2(
              channels, x, xOff, rowStep, tapStep, pixelStep, w, wOff, wRowStep, wStep, s, sOff, y,
              yOff, yStep);
      case 10 ->
          oneByFourOf3x1(
              channels, x, xOff, rowStep, pixelStep, w, wOff, wRowStep, s, sOff, y, yOff, yStep);
      case 9 ->
          oneByFourOf2x3(
              channels, x, xOff, rowStep, tapStep, pixelStep, w, wOff, wRowStep, wStep, s, sOff, y,
              yOff, yStep);
      case 8 ->
          oneByFourOf2x2(
              channels, x, xOff, rowStep, tapStep, pixelStep, w, wOff, wRowStep, wStep, s, sOff, y,
              yOff, yStep);
      case 7 ->
          oneByFourOf2x1(
              channels, x, xOff, rowStep, pixelStep, w, wOff, wRowStep, s, sOff, y, yOff, yStep);
      case 6 ->
          oneByFourOf1x3(
              channels, x, xOff, tapStep, pixelStep, w, wOff, wStep, s, sOff, y, yOff, yStep);
      case 5 ->
          oneByFourOf1x2(
              channels, x, xOff, tapStep, pixelStep, w, wOff, wStep, s, sOff, y, yOff, yStep);
      case 4 -> oneByFourOf1x1(channels, x, xOff, pixelStep, w, wOff, s, sOff, y, yOff, yStep);
      default ->
          throw new IllegalArgumentException(
              "expected a window of up to 3 x 3, got " + rows + " x " + taps);
    }
  }

  /** 3 x 3. */
  private static void oneByFourOf3x3(
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

  /** 3 x 2. */
  private static void oneByFourOf3x2(
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
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
    int w20 = wOff + 2 * wRowStep;
    int w21 = wOff + 2 * wRowStep + wStep;
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
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** 3 x 1. */
  private static void oneByFourOf3x1(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] w,
      int wOff,
      int wRowStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yStep) {
    int w00 = wOff;
    int w10 = wOff + wRowStep;
    int w20 = wOff + 2 * wRowStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector y01 = FloatVector.fromArray(V, x, xOff + pixelStep + c).fma(k00, start);
      FloatVector y02 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + c).fma(k00, start);
      FloatVector y03 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + c).fma(k00, start);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + c).fma(k10, y00);
      y01 = FloatVector.fromArray(V, x, xOff + rowStep + pixelStep + c).fma(k10, y01);
      y02 = FloatVector.fromArray(V, x, xOff + rowStep + 2 * pixelStep + c).fma(k10, y02);
      y03 = FloatVector.fromArray(V, x, xOff + rowStep + 3 * pixelStep + c).fma(k10, y03);
      FloatVector k20 = FloatVector.fromArray(V, w, w20 + c);
      y00 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + c).fma(k20, y00);
      y01 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + pixelStep + c).fma(k20, y01);
      y02 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + 2 * pixelStep + c).fma(k20, y02);
      y03 = FloatVector.fromArray(V, x, xOff + 2 * rowStep + 3 * pixelStep + c).fma(k20, y03);
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** 2 x 3. */
  private static void oneByFourOf2x3(
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

  /** 2 x 2. */
  private static void oneByFourOf2x2(
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
    int w10 = wOff + wRowStep;
    int w11 = wOff + wRowStep + wStep;
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
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** 2 x 1. */
  private static void oneByFourOf2x1(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] w,
      int wOff,
      int wRowStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yStep) {
    int w00 = wOff;
    int w10 = wOff + wRowStep;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector y01 = FloatVector.fromArray(V, x, xOff + pixelStep + c).fma(k00, start);
      FloatVector y02 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + c).fma(k00, start);
      FloatVector y03 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + c).fma(k00, start);
      FloatVector k10 = FloatVector.fromArray(V, w, w10 + c);
      y00 = FloatVector.fromArray(V, x, xOff + rowStep + c).fma(k10, y00);
      y01 = FloatVector.fromArray(V, x, xOff + rowStep + pixelStep + c).fma(k10, y01);
      y02 = FloatVector.fromArray(V, x, xOff + rowStep + 2 * pixelStep + c).fma(k10, y02);
      y03 = FloatVector.fromArray(V, x, xOff + rowStep + 3 * pixelStep + c).fma(k10, y03);
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** 1 x 3. */
  private static void oneByFourOf1x3(
      int channels,
      float[] x,
      int xOff,
      int tapStep,
      int pixelStep,
      float[] w,
      int wOff,
      int wStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yStep) {
    int w00 = wOff;
    int w01 = wOff + wStep;
    int w02 = wOff + 2 * wStep;
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
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** 1 x 2. */
  private static void oneByFourOf1x2(
      int channels,
      float[] x,
      int xOff,
      int tapStep,
      int pixelStep,
      float[] w,
      int wOff,
      int wStep,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yStep) {
    int w00 = wOff;
    int w01 = wOff + wStep;
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
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }

  /** 1 x 1. */
  private static void oneByFourOf1x1(
      int channels,
      float[] x,
      int xOff,
      int pixelStep,
      float[] w,
      int wOff,
      float[] s,
      int sOff,
      float[] y,
      int yOff,
      int yStep) {
    int w00 = wOff;
    for (int c = 0; c < channels; c += L) {
      FloatVector start = FloatVector.fromArray(V, s, sOff + c);
      FloatVector k00 = FloatVector.fromArray(V, w, w00 + c);
      FloatVector y00 = FloatVector.fromArray(V, x, xOff + c).fma(k00, start);
      FloatVector y01 = FloatVector.fromArray(V, x, xOff + pixelStep + c).fma(k00, start);
      FloatVector y02 = FloatVector.fromArray(V, x, xOff + 2 * pixelStep + c).fma(k00, start);
      FloatVector y03 = FloatVector.fromArray(V, x, xOff + 3 * pixelStep + c).fma(k00, start);
      y00.intoArray(y, yOff + c);
      y01.intoArray(y, yOff + yStep + c);
      y02.intoArray(y, yOff + 2 * yStep + c);
      y03.intoArray(y, yOff + 3 * yStep + c);
    }
  }
}
