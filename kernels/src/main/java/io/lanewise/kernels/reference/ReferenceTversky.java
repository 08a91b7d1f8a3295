package io.lanewise.kernels.reference;

import io.lanewise.kernels.loss.LossArguments;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.loss.TensorLoss;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Overlap of each plane with its target, in float64. */
record ReferenceTversky(
    Shape shape, double alpha, double beta, double smoothing, Reduction reduction)
    implements TensorLoss {
  ReferenceTversky {
    LossArguments.channels(shape);
    LossArguments.atLeastZero("alpha", alpha);
    LossArguments.atLeastZero("beta", beta);
    LossArguments.atLeastZero("smoothing", smoothing);
  }

  private int planes() {
    return shape.dim(0) * shape.dim(1);
  }

  private int positions() {
    return shape.size() / Math.max(1, planes());
  }

  @Override
  public Shape lossShape() {
    return reduction.of(Shape.of(shape.dim(0), shape.dim(1)));
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  /** Σ x·t, Σ x·(1-t) and Σ (1-x)·t of a plane. */
  private double[] sums(Tensor x, Tensor target, int plane) {
    int size = positions();
    double[] sums = new double[3];
    for (int i = plane * size; i < (plane + 1) * size; i++) {
      double a = x.array()[x.offset() + i];
      double t = target.array()[target.offset() + i];
      sums[0] += a * t;
      sums[1] += a * (1 - t);
      sums[2] += (1 - a) * t;
    }
    return sums;
  }

  @Override
  public void forward(Tensor x, Tensor target, Tensor loss, Workspace ws, Parallel par) {
    TensorLoss.requireForward(this, x, target, loss);
    double[] terms = new double[planes()];
    for (int plane = 0; plane < planes(); plane++) {
      double[] s = sums(x, target, plane);
      double divisor = s[0] + alpha * s[1] + beta * s[2] + smoothing;
      terms[plane] = 1 - (s[0] + smoothing) / divisor;
    }
    ReferenceReduction.write(terms, reduction, terms.length, loss);
  }

  @Override
  public void backward(
      Tensor x, Tensor target, Tensor dloss, Tensor dx, Workspace ws, Parallel par) {
    TensorLoss.requireBackward(this, x, target, dloss, dx);
    int size = positions();
    for (int plane = 0; plane < planes(); plane++) {
      double[] s = sums(x, target, plane);
      double top = s[0] + smoothing;
      double divisor = s[0] + alpha * s[1] + beta * s[2] + smoothing;
      double factor = ReferenceReduction.factor(dloss, plane, reduction, planes());
      for (int i = plane * size; i < (plane + 1) * size; i++) {
        double t = target.array()[target.offset() + i];
        double slope = t + alpha * (1 - t) - beta * t; // of the divisor
        double dy = -(t * divisor - top * slope) / (divisor * divisor);
        dx.array()[dx.offset() + i] = (float) (factor * dy);
      }
    }
  }
}
