package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Outputs of a row added to the gradient of a row of taps. */
final class DepthwiseGradient {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private DepthwiseGradient() {}

  /** Eight outputs that share their inputs, three taps. */
  static void eightOf3Dense(
      int channels,
      float[] x,
      int xOff,
      int tapStep,
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
      FloatVector v0 = FloatVector.fromArray(V, x, xOff + c);
      FloatVector v1 = FloatVector.fromArray(V, x, xOff + tapStep + c);
      FloatVector d0 = FloatVector.fromArray(V, dy, dyOff + c);
      FloatVector v2 = FloatVector.fromArray(V, x, xOff + 2 * tapStep + c);
      w0 = v0.fma(d0, w0);
      w1 = v1.fma(d0, w1);
      w2 = v2.fma(d0, w2);
      FloatVector d1 = FloatVector.fromArray(V, dy, dyOff + dyStep + c);
      FloatVector v3 = FloatVector.fromArray(V, x, xOff + 3 * tapStep + c);
      w0 = v1.fma(d1, w0);
      w1 = v2.fma(d1, w1);
      w2 = v3.fma(d1, w2);
      FloatVector d2 = FloatVector.fromArray(V, dy, dyOff + 2 * dyStep + c);
      FloatVector v4 = FloatVector.fromArray(V, x, xOff + 4 * tapStep + c);
      w0 = v2.fma(d2, w0);
      w1 = v3.fma(d2, w1);
      w2 = v4.fma(d2, w2);
      FloatVector d3 = FloatVector.fromArray(V, dy, dyOff + 3 * dyStep + c);
      FloatVector v5 = FloatVector.fromArray(V, x, xOff + 5 * tapStep + c);
      w0 = v3.fma(d3, w0);
      w1 = v4.fma(d3, w1);
      w2 = v5.fma(d3, w2);
      FloatVector d4 = FloatVector.fromArray(V, dy, dyOff + 4 * dyStep + c);
      FloatVector v6 = FloatVector.fromArray(V, x, xOff + 6 * tapStep + c);
      w0 = v4.fma(d4, w0);
      w1 = v5.fma(d4, w1);
      w2 = v6.fma(d4, w2);
      FloatVector d5 = FloatVector.fromArray(V, dy, dyOff + 5 * dyStep + c);
      FloatVector v7 = FloatVector.fromArray(V, x, xOff + 7 * tapStep + c);
      w0 = v5.fma(d5, w0);
      w1 = v6.fma(d5, w1);
      w2 = v7.fma(d5, w2);
      FloatVector d6 = FloatVector.fromArray(V, dy, dyOff + 6 * dyStep + c);
      FloatVector v8 = FloatVector.fromArray(V, x, xOff + 8 * tapStep + c);
      w0 = v6.fma(d6, w0);
      w1 = v7.fma(d6, w1);
      w2 = v8.fma(d6, w2);
      FloatVector d7 = FloatVector.fromArray(V, dy, dyOff + 7 * dyStep + c);
      FloatVector v9 = FloatVector.fromArray(V, x, xOff + 9 * tapStep + c);
      w0 = v7.fma(d7, w0);
      w1 = v8.fma(d7, w1);
      w2 = v9.fma(d7, w2);
      w0.intoArray(dw, dwOff + c);
      w1.intoArray(dw, dwOff + dwStep + c);
      w2.intoArray(dw, dwOff + 2 * dwStep + c);
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
