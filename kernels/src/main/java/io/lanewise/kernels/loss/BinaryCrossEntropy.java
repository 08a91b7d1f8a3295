package io.lanewise.kernels.loss;

import io.lanewise.kernels.micro.Curve;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairStep;

/** {@link Losses#binaryCrossEntropy}. */
final class BinaryCrossEntropy extends PointFormula {
  private static final float LEAST_LOGARITHM = -100;

  BinaryCrossEntropy(KernelSet kernels) {
    super(kernels);
  }

  @Override
  int buffers() {
    return 2;
  }

  @Override
  void loss(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    int other = at + BLOCK;
    curve(Curve.LOG, x, xOff, s, at, n);
    atLeast(LEAST_LOGARITHM, s, at, n);
    with(PairStep.MULTIPLY, s, at, t, tOff, n);
    negate(x, xOff, s, other, n);
    curve(Curve.LOG1P, s, other, s, other, n);
    atLeast(LEAST_LOGARITHM, s, other, n);
    with(PairStep.REMAINDER, s, other, t, tOff, n);
    step(PairStep.COMBINE, -1, -1, s, at, s, other, s, at, n);
  }

  @Override
  void slope(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    step(PairStep.LIKELIHOOD_SLOPE, 0, 0, x, xOff, t, tOff, s, at, n);
  }
}
