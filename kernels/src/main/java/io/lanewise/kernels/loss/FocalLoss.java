package io.lanewise.kernels.loss;

import io.lanewise.kernels.micro.Curve;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairStep;

/** {@link Losses#focal}: {@code σ(z)^gamma} is {@code e^(-gamma · log(1 + e^-z))}. */
final class FocalLoss extends PointFormula {
  private final float alpha;
  private final float gamma;

  FocalLoss(KernelSet kernels, float alpha, float gamma) {
    super(kernels);
    this.alpha = alpha;
    this.gamma = gamma;
  }

  @Override
  int buffers() {
    return 4;
  }

  /** z to the first buffer, alpha_t · σ(z)^gamma to the second. */
  private void begin(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int n) {
    int power = at + BLOCK;
    step(PairStep.MARGIN, 0, 0, x, xOff, t, tOff, s, at, n);
    negate(s, at, s, power, n);
    curve(Curve.SOFTPLUS, s, power, s, power, n);
    line(-gamma, 0, s, power, n);
    curve(Curve.EXP, s, power, s, power, n);
    int share = at + 2 * BLOCK;
    step(PairStep.LINE, 2 * alpha - 1, 1 - alpha, t, tOff, t, tOff, s, share, n);
    with(PairStep.MULTIPLY, s, power, s, share, n);
  }

  @Override
  void loss(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    begin(x, xOff, t, tOff, s, at, n);
    curve(Curve.SOFTPLUS, s, at, s, at, n);
    with(PairStep.MULTIPLY, s, at, s, at + BLOCK, n);
  }

  @Override
  void slope(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    begin(x, xOff, t, tOff, s, at, n);
    int power = at + BLOCK;
    int p = at + 2 * BLOCK;
    int q = at + 3 * BLOCK;
    negate(s, at, s, p, n);
    curve(Curve.SIGMOID, s, p, s, p, n); // the target's probability
    curve(Curve.SOFTPLUS, s, at, s, q, n);
    with(PairStep.MULTIPLY, s, p, s, q, n);
    curve(Curve.SIGMOID, s, at, s, at, n);
    step(PairStep.COMBINE, 1, gamma, s, at, s, p, s, at, n);
    with(PairStep.MULTIPLY, s, at, s, power, n);
    with(PairStep.MARGIN, s, at, t, tOff, n);
  }
}
