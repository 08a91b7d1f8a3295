package io.lanewise.kernels.reference;

import io.lanewise.kernels.loss.LabelOptions;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.loss.TensorLoss;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Cross-entropy against probabilities, in float64. */
record ReferenceSoftCrossEntropy(Shape shape, LabelOptions options, Reduction reduction)
    implements TensorLoss {
  ReferenceSoftCrossEntropy {
    options.require(shape);
  }

  @Override
  public Layout layout() {
    return options.layout();
  }

  @Override
  public Shape lossShape() {
    return reduction.of(LabelOptions.terms(shape));
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  private double[] weighted(double[] t) {
    double[] q = new double[t.length];
    for (int c = 0; c < q.length; c++) {
      double smooth = (1 - options.smoothing()) * t[c] + options.smoothing() / q.length;
      q[c] = options.weight(c) * smooth;
    }
    return q;
  }

  @Override
  public void forward(Tensor x, Tensor target, Tensor loss, Workspace ws, Parallel par) {
    TensorLoss.requireForward(this, x, target, loss);
    ReferenceClassRows rows = new ReferenceClassRows(shape, options);
    double[] terms = new double[rows.rows()];
    for (int i = 0; i < terms.length; i++) {
      double[] q = weighted(rows.read(target, i));
      terms[i] = ReferenceClassRows.crossEntropy(rows.read(x, i), q);
    }
    ReferenceReduction.write(terms, reduction, terms.length, loss);
  }

  @Override
  public void backward(
      Tensor x, Tensor target, Tensor dloss, Tensor dx, Workspace ws, Parallel par) {
    TensorLoss.requireBackward(this, x, target, dloss, dx);
    ReferenceClassRows rows = new ReferenceClassRows(shape, options);
    for (int i = 0; i < rows.rows(); i++) {
      double[] q = weighted(rows.read(target, i));
      double[] slope = ReferenceClassRows.crossEntropySlope(rows.read(x, i), q);
      for (int c = 0; c < slope.length; c++) {
        slope[c] *= ReferenceReduction.factor(dloss, i, reduction, rows.rows());
      }
      rows.write(slope, i, dx);
    }
  }
}
