package io.lanewise.kernels.loss;

/** {@link Losses#multiClassHinge} of a row, in float64. */
final class HingeRows implements RowFormula {
  private final LabelOptions options;
  private final int classes;
  private final double margin;
  private final boolean squared;

  HingeRows(LabelOptions options, int classes, double margin, boolean squared) {
    this.options = options;
    this.classes = classes;
    this.margin = margin;
    this.squared = squared;
  }

  @Override
  public double loss(float[] x, int xOff, int label, float[] t, int tOff, float[] e, int eOff) {
    double sum = 0;
    double from = margin - x[xOff + label];
    for (int c = 0; c < classes; c++) {
      double lack = Math.max(0, from + x[xOff + c]);
      sum += c == label ? 0 : squared ? lack * lack : lack;
    }
    return options.weight(label) * sum / classes;
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
    double from = margin - x[xOff + label];
    double by = options.weight(label) * factor / classes;
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double lack = from + x[xOff + c];
      double slope = squared ? 2 * Math.max(0, lack) : lack > 0 ? 1 : lack <= 0 ? 0 : lack;
      double d = c == label ? 0 : by * slope;
      sum += d;
      dx[dxOff + c] = (float) d;
    }
    dx[dxOff + label] = (float) -sum;
  }
}
