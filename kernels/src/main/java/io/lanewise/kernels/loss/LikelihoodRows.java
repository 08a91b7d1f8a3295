package io.lanewise.kernels.loss;

import java.util.Arrays;

/** {@link Losses#negativeLogLikelihood} of a row. */
final class LikelihoodRows implements RowFormula {
  private final LabelOptions options;
  private final int classes;

  LikelihoodRows(LabelOptions options, int classes) {
    this.options = options;
    this.classes = classes;
  }

  @Override
  public double loss(float[] x, int xOff, int label, float[] t, int tOff, float[] e, int eOff) {
    return -(double) options.weight(label) * x[xOff + label];
  }

  @Override
  public void slope(
      float[] x,
      int xOff,
      int label,
      float[] t,
      int tOff,
      double factor,
      float[] e,
      int eOff,
      float[] dx,
      int dxOff) {
    Arrays.fill(dx, dxOff, dxOff + classes, 0);
    dx[dxOff + label] = (float) (-options.weight(label) * factor);
  }
}
