package io.lanewise.kernels.reference;

import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.loss.TensorLoss;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A loss of single elements, in float64.
 *
 * @param loss a term
 * @param slope its derivative by x
 */
record ReferencePointLoss(Shape shape, Reduction reduction, Point loss, Point slope)
    implements TensorLoss {
  /** A function of x, its target and its index. */
  @FunctionalInterface
  interface Point {
    double at(double x, double t, int i);
  }

  @Override
  public Shape lossShape() {
    return reduction.of(shape);
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public void forward(Tensor x, Tensor target, Tensor out, Workspace ws, Parallel par) {
    TensorLoss.requireForward(this, x, target, out);
    double[] terms = new double[shape.size()];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = loss.at(at(x, i), at(target, i), i);
    }
    ReferenceReduction.write(terms, reduction, terms.length, out);
  }

  @Override
  public void backward(
      Tensor x, Tensor target, Tensor dloss, Tensor dx, Workspace ws, Parallel par) {
    TensorLoss.requireBackward(this, x, target, dloss, dx);
    for (int i = 0; i < shape.size(); i++) {
      double factor = ReferenceReduction.factor(dloss, i, reduction, shape.size());
      dx.array()[dx.offset() + i] = (float) (factor * slope.at(at(x, i), at(target, i), i));
    }
  }

  private static double at(Tensor t, int i) {
    return t.array()[t.offset() + i];
  }
}
