package io.lanewise.kernels.loss;

import io.lanewise.kernels.micro.Curve;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairStep;

/**
 * {@link Losses#binaryCrossEntropyWithLogits}: sums of what is not negative, so nothing cancels.
 */
final class LogitCrossEntropy extends PointFormula {
  private final float[] weights; // one for all, or one a channel; null for 1
  private final int plane;

  /**
   * The formula.
   *
   * @param plane elements of a channel in an image
   */
  LogitCrossEntropy(KernelSet kernels, float[] weights, int plane) {
    super(kernels);
    this.weights = weights;
    this.plane = plane;
  }

  @Override
  int buffers() {
    return weights == null ? 2 : 3;
  }

  @Override
  void loss(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    int positive = at + BLOCK;
    negate(x, xOff, s, positive, n);
    curve(Curve.SOFTPLUS, s, positive, s, positive, n);
    positive(t, tOff, s, at, first, n);
    curve(Curve.SOFTPLUS, x, xOff, s, at, n);
    with(PairStep.REMAINDER, s, at, t, tOff, n);
    with(PairStep.ADD, s, at, s, positive, n);
  }

  @Override
  void slope(float[] x, int xOff, float[] t, int tOff, float[] s, int at, int first, int n) {
    int positive = at + BLOCK;
    negate(x, xOff, s, positive, n);
    curve(Curve.SIGMOID, s, positive, s, positive, n);
    positive(t, tOff, s, at, first, n);
    curve(Curve.SIGMOID, x, xOff, s, at, n);
    with(PairStep.REMAINDER, s, at, t, tOff, n);
    step(PairStep.COMBINE, 1, -1, s, at, s, positive, s, at, n);
  }

  /** The second buffer times target and weights. */
  private void positive(float[] t, int tOff, float[] s, int at, int first, int n) {
    with(PairStep.MULTIPLY, s, at + BLOCK, t, tOff, n);
    if (weights != null) {
      int w = at + 2 * BLOCK;
      int channel = first / plane % weights.length;
      int left = plane - first % plane;
      for (int i = 0; i < n; i++) {
        if (left == 0) {
          channel = channel + 1 == weights.length ? 0 : channel + 1;
          left = plane;
        }
        s[w + i] = weights[channel];
        left--;
      }
      with(PairStep.MULTIPLY, s, at + BLOCK, s, w, n);
    }
  }
}
