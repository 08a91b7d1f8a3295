package io.lanewise.kernels.reference;

import io.lanewise.kernels.loss.LabelLoss;
import io.lanewise.kernels.loss.LabelOptions;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A loss of rows with labels, in float64.
 *
 * @param weighted whether the mean is over the weights of the labels, not over their number
 * @param row what a row gives
 */
record ReferenceLabelLoss(
    Shape shape, LabelOptions options, Reduction reduction, boolean weighted, Row row)
    implements LabelLoss {
  /** A row's term and gradient. */
  interface Row {
    double loss(double[] x, int label);

    double[] slope(double[] x, int label);
  }

  ReferenceLabelLoss {
    options.require(shape);
  }

  @Override
  public Shape lossShape() {
    return reduction.of(LabelOptions.terms(shape));
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  private double divisor(int[] labels) {
    double sum = 0;
    for (int label : labels) {
      sum += label == options.passOver() ? 0 : weighted ? options.weight(label) : 1;
    }
    return sum;
  }

  @Override
  public void forward(Tensor x, int[] labels, Tensor loss, Workspace ws, Parallel par) {
    LabelLoss.requireForward(this, x, labels, loss);
    ReferenceClassRows rows = new ReferenceClassRows(shape, options);
    double[] terms = new double[labels.length];
    for (int i = 0; i < terms.length; i++) {
      boolean counts = labels[i] != options.passOver();
      terms[i] = counts ? row.loss(rows.read(x, i), labels[i]) : 0;
    }
    ReferenceReduction.write(terms, reduction, divisor(labels), loss);
  }

  @Override
  public void backward(
      Tensor x, int[] labels, Tensor dloss, Tensor dx, Workspace ws, Parallel par) {
    LabelLoss.requireBackward(this, x, labels, dloss, dx);
    ReferenceClassRows rows = new ReferenceClassRows(shape, options);
    double divisor = divisor(labels);
    for (int i = 0; i < labels.length; i++) {
      double[] slope = new double[rows.classes()];
      if (labels[i] != options.passOver()) {
        slope = row.slope(rows.read(x, i), labels[i]);
        for (int c = 0; c < slope.length; c++) {
          slope[c] *= ReferenceReduction.factor(dloss, i, reduction, divisor);
        }
      }
      rows.write(slope, i, dx);
    }
  }
}
