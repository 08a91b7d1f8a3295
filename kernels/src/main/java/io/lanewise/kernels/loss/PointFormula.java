package io.lanewise.kernels.loss;

import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.Curve;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairKernels;
import io.lanewise.kernels.micro.PairStep;

/**
 * A loss of single elements, and its slope, for up to {@value #BLOCK} of them, step by step in
 * buffers that stay in the first-level cache. Buffer k lies at {@code at + k · BLOCK} of s; results
 * go to the first. x and target are read only.
 */
abstract class PointFormula {
  /** Floats of a buffer: with x, target and four of them 28 KB. */
  static final int BLOCK = 1024;

  private final PairKernels steps;
  private final ActivationKernels curves;

  PointFormula(KernelSet kernels) {
    this.steps = kernels.pairs();
    this.curves = kernels.activations();
  }

  /** How many buffers it needs. */
  abstract int buffers();

  /**
   * Terms of n elements.
   *
   * @param first index of the first in x
   */
  abstract void loss(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n);

  /** Their derivatives by x. */
  abstract void slope(
      float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n);

  /** {@code dst = step(a, b)}. */
  final void step(
      PairStep step,
      float p,
      float q,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] dst,
      int dstOff,
      int n) {
    steps.run(step, p, q, a, aOff, b, bOff, dst, dstOff, n);
  }

  /** {@code dst = step(dst, b)}, for steps without numbers. */
  final void with(PairStep step, float[] dst, int dstOff, float[] b, int bOff, int n) {
    steps.run(step, 0, 0, dst, dstOff, b, bOff, dst, dstOff, n);
  }

  /** {@code dst = p · dst + q}. */
  final void line(float p, float q, float[] dst, int dstOff, int n) {
    steps.run(PairStep.LINE, p, q, dst, dstOff, dst, dstOff, dst, dstOff, n);
  }

  /** {@code dst = -src}. */
  final void negate(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    steps.run(PairStep.LINE, -1, 0, src, srcOff, src, srcOff, dst, dstOff, n);
  }

  /** {@code dst = f(src)}. */
  final void curve(Curve f, float[] src, int srcOff, float[] dst, int dstOff, int n) {
    curves.forward(f, 1, Float.MAX_VALUE, 1, src, srcOff, dst, dstOff, n);
  }

  /** {@code dst = max(dst, least)}. */
  final void atLeast(float least, float[] dst, int dstOff, int n) {
    curves.forward(Curve.CLAMP, least, Float.MAX_VALUE, 0, dst, dstOff, dst, dstOff, n);
  }
}
