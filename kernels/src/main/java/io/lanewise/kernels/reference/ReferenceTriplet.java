package io.lanewise.kernels.reference;

import io.lanewise.kernels.loss.LossArguments;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.loss.TripletLoss;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Distances of rows, in float64. */
record ReferenceTriplet(Shape shape, double margin, boolean swap, Reduction reduction)
    implements TripletLoss {
  ReferenceTriplet {
    LossArguments.matrix(shape);
    LossArguments.finite("margin", margin);
  }

  @Override
  public Shape lossShape() {
    return reduction.of(Shape.of(shape.dim(0)));
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  private static double apart(Tensor a, Tensor b, int i) {
    return (double) a.array()[a.offset() + i] - b.array()[b.offset() + i] + APART;
  }

  private double distance(Tensor a, Tensor b, int row) {
    int d = shape.dim(1);
    double sum = 0;
    for (int i = row * d; i < (row + 1) * d; i++) {
      sum += apart(a, b, i) * apart(a, b, i);
    }
    return StrictMath.sqrt(sum);
  }

  @Override
  public void forward(
      Tensor anchor, Tensor positive, Tensor negative, Tensor loss, Workspace ws, Parallel par) {
    TripletLoss.requireForward(this, anchor, positive, negative, loss);
    double[] terms = new double[shape.dim(0)];
    for (int row = 0; row < terms.length; row++) {
      double far = distance(anchor, negative, row);
      far = swap ? Math.min(far, distance(positive, negative, row)) : far;
      terms[row] = Math.max(0, distance(anchor, positive, row) - far + margin);
    }
    ReferenceReduction.write(terms, reduction, terms.length, loss);
  }

  @Override
  public void backward(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      Tensor dloss,
      Tensor danchor,
      Tensor dpositive,
      Tensor dnegative,
      Workspace ws,
      Parallel par) {
    TripletLoss.requireBackward(
        this, anchor, positive, negative, dloss, danchor, dpositive, dnegative);
    danchor.fill(0);
    dpositive.fill(0);
    dnegative.fill(0);
    for (int row = 0; row < shape.dim(0); row++) {
      double near = distance(anchor, positive, row);
      double far = distance(anchor, negative, row);
      double other = distance(positive, negative, row);
      boolean swapped = swap && other < far;
      if (near - (swapped ? other : far) + margin <= 0) {
        continue;
      }
      double factor = ReferenceReduction.factor(dloss, row, reduction, shape.dim(0));
      pull(anchor, positive, row, factor / near, danchor, dpositive);
      if (swapped) {
        pull(positive, negative, row, -factor / other, dpositive, dnegative);
      } else {
        pull(anchor, negative, row, -factor / far, danchor, dnegative);
      }
    }
  }

  private void pull(Tensor a, Tensor b, int row, double factor, Tensor da, Tensor db) {
    int d = shape.dim(1);
    for (int i = row * d; i < (row + 1) * d; i++) {
      double slope = factor * apart(a, b, i);
      da.array()[da.offset() + i] += (float) slope;
      db.array()[db.offset() + i] -= (float) slope;
    }
  }
}
