package io.lanewise.kernels.loss;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairStep;

/** One step with a factor, forward and backward: distances and hinges. */
final class StepFormula extends PointFormula {
  private final PairStep loss;
  private final PairStep slope;
  private final float number;
  private final float factor;
  private final float slopeFactor;

  /**
   * {@code factor · loss(x, t)}, slope {@code slopeFactor · slope(x, t)}.
   *
   * @param number p of both steps
   */
  StepFormula(
      KernelSet kernels,
      PairStep loss,
      PairStep slope,
      float number,
      float factor,
      float slopeFactor) {
    super(kernels);
    this.loss = loss;
    this.slope = slope;
    this.number = number;
    this.factor = factor;
    this.slopeFactor = slopeFactor;
  }

  @Override
  int buffers() {
    return 1;
  }

  @Override
  void loss(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    run(loss, factor, x, xOff, t, tOff, s, at, n);
  }

  @Override
  void slope(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    run(slope, slopeFactor, x, xOff, t, tOff, s, at, n);
  }

  private void run(
      PairStep step, float by, float[] x, int xOff, float[] t, int tOff, float[] s, int at, int n) {
    step(step, number, 1, x, xOff, t, tOff, s, at, n);
    if (by != 1) {
      line(by, 0, s, at, n);
    }
  }
}
