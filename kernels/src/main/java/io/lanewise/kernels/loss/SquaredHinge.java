package io.lanewise.kernels.loss;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairStep;

/** {@link Losses#squaredHinge}. */
final class SquaredHinge extends PointFormula {
  private final float margin;

  SquaredHinge(KernelSet kernels, float margin) {
    super(kernels);
    this.margin = margin;
  }

  @Override
  int buffers() {
    return 1;
  }

  @Override
  void loss(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    step(PairStep.HINGE, margin, 0, x, xOff, t, tOff, s, at, n);
    with(PairStep.MULTIPLY, s, at, s, at, n);
  }

  @Override
  void slope(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    step(PairStep.HINGE, margin, 0, x, xOff, t, tOff, s, at, n);
    with(PairStep.MULTIPLY, s, at, t, tOff, n);
    line(-2, 0, s, at, n);
  }
}
