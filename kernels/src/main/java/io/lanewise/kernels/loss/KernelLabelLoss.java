package io.lanewise.kernels.loss;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link LabelLoss} by {@link ClassRows}. */
final class KernelLabelLoss implements LabelLoss {
  private final Shape shape;
  private final LabelOptions options;
  private final boolean weighted;
  private final Shape lossShape;
  private final ClassRows rows;

  /**
   * Plans it.
   *
   * @param weighted whether the mean is over the weights of the labels, not over their number
   */
  KernelLabelLoss(
      Shape shape,
      LabelOptions options,
      Reduction reduction,
      boolean weighted,
      RowFormula formula,
      KernelSet kernels) {
    this.rows = new ClassRows(shape, options, reduction, formula, kernels);
    this.shape = shape;
    this.options = options;
    this.weighted = weighted;
    this.lossShape = reduction.of(LabelOptions.terms(shape));
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public LabelOptions options() {
    return options;
  }

  @Override
  public Shape lossShape() {
    return lossShape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return rows.workspace();
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
    rows.run(x, labels, null, null, divisor(labels), loss, ws, par);
  }

  @Override
  public void backward(
      Tensor x, int[] labels, Tensor dloss, Tensor dx, Workspace ws, Parallel par) {
    LabelLoss.requireBackward(this, x, labels, dloss, dx);
    rows.run(x, labels, null, dloss, divisor(labels), dx, ws, par);
  }
}
