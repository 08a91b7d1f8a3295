package io.lanewise.kernels.loss;

import io.lanewise.kernels.micro.Curve;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairStep;

/** {@link Losses#klDivergence}. */
final class KlDivergence extends PointFormula {
  private final boolean logTarget;

  KlDivergence(KernelSet kernels, boolean logTarget) {
    super(kernels);
    this.logTarget = logTarget;
  }

  @Override
  int buffers() {
    return 2;
  }

  @Override
  void loss(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    int other = at + BLOCK;
    if (logTarget) {
      step(PairStep.DIFFERENCE, 0, 1, t, tOff, x, xOff, s, at, n);
      curve(Curve.EXP, t, tOff, s, other, n);
      with(PairStep.MULTIPLY, s, at, s, other, n);
    } else {
      curve(Curve.LOG, t, tOff, s, other, n);
      step(PairStep.DIFFERENCE, 0, 1, s, other, x, xOff, s, at, n);
      with(PairStep.ENTROPY, s, at, t, tOff, n);
    }
  }

  @Override
  void slope(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    if (logTarget) {
      curve(Curve.EXP, t, tOff, s, at, n);
      line(-1, 0, s, at, n);
    } else {
      negate(t, tOff, s, at, n);
    }
  }
}
