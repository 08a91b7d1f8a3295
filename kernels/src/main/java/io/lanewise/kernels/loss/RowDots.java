package io.lanewise.kernels.loss;

import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairKernels;
import io.lanewise.kernels.micro.PairStep;

/**
 * Sums over contiguous elements block by block: 16 partial sums in a block, blocks in float64.
 * Scratch memory is a block.
 */
final class RowDots {
  static final int BLOCK = PointFormula.BLOCK;

  private final PairKernels steps;
  private final ElementwiseKernels sums;

  RowDots(KernelSet kernels) {
    this.steps = kernels.pairs();
    this.sums = kernels.elementwise();
  }

  /** {@code Σ a}. */
  double sum(float[] a, int aOff, int n) {
    double sum = 0;
    for (int i = 0; i < n; i += BLOCK) {
      sum += sums.sum(a, aOff + i, Math.min(BLOCK, n - i));
    }
    return sum;
  }

  /** {@code Σ a · b}. */
  double dot(float[] a, int aOff, float[] b, int bOff, int n, float[] s, int at) {
    return sum(PairStep.MULTIPLY, 0, a, aOff, b, bOff, n, s, at);
  }

  /** {@code Σ (a - b + apart)²}. */
  double distance(float apart, float[] a, int aOff, float[] b, int bOff, int n, float[] s, int at) {
    return sum(PairStep.SQUARE, apart, a, aOff, b, bOff, n, s, at);
  }

  private double sum(
      PairStep step, float p, float[] a, int aOff, float[] b, int bOff, int n, float[] s, int at) {
    double sum = 0;
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      steps.run(step, p, 0, a, aOff + i, b, bOff + i, s, at, m);
      sum += sums.sum(s, at, m);
    }
    return sum;
  }
}
