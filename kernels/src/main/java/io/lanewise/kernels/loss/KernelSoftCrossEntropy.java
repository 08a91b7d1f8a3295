package io.lanewise.kernels.loss;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link Losses#softCrossEntropy} by {@link ClassRows}. */
final class KernelSoftCrossEntropy implements TensorLoss {
  private final Shape shape;
  private final LabelOptions options;
  private final Shape lossShape;
  private final ClassRows rows;
  private final int terms;

  KernelSoftCrossEntropy(
      Shape shape, LabelOptions options, Reduction reduction, KernelSet kernels) {
    options.require(shape);
    RowFormula formula = new CrossEntropyRows(kernels, options, shape.dim(1));
    this.rows = new ClassRows(shape, options, reduction, formula, kernels);
    this.shape = shape;
    this.options = options;
    this.lossShape = reduction.of(LabelOptions.terms(shape));
    this.terms = shape.size() / Math.max(1, shape.dim(1));
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return options.layout();
  }

  @Override
  public Shape lossShape() {
    return lossShape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return rows.workspace();
  }

  @Override
  public void forward(Tensor x, Tensor target, Tensor loss, Workspace ws, Parallel par) {
    TensorLoss.requireForward(this, x, target, loss);
    rows.run(x, null, target, null, terms, loss, ws, par);
  }

  @Override
  public void backward(
      Tensor x, Tensor target, Tensor dloss, Tensor dx, Workspace ws, Parallel par) {
    TensorLoss.requireBackward(this, x, target, dloss, dx);
    rows.run(x, null, target, dloss, terms, dx, ws, par);
  }
}
