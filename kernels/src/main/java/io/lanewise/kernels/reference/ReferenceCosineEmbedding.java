package io.lanewise.kernels.reference;

import io.lanewise.kernels.loss.CosineEmbeddingLoss;
import io.lanewise.kernels.loss.LossArguments;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Cosines of rows, in float64. */
record ReferenceCosineEmbedding(Shape shape, double margin, Reduction reduction)
    implements CosineEmbeddingLoss {
  ReferenceCosineEmbedding {
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

  private double dot(Tensor a, Tensor b, int row) {
    int d = shape.dim(1);
    double sum = 0;
    for (int i = row * d; i < (row + 1) * d; i++) {
      sum += (double) a.array()[a.offset() + i] * b.array()[b.offset() + i];
    }
    return sum;
  }

  @Override
  public void forward(Tensor a, Tensor b, int[] alike, Tensor loss, Workspace ws, Parallel par) {
    CosineEmbeddingLoss.requireForward(this, a, b, alike, loss);
    double[] terms = new double[alike.length];
    for (int row = 0; row < terms.length; row++) {
      double lengths = StrictMath.sqrt((dot(a, a, row) + LENGTH) * (dot(b, b, row) + LENGTH));
      double cosine = dot(a, b, row) / lengths;
      terms[row] = alike[row] == 1 ? 1 - cosine : Math.max(0, cosine - margin);
    }
    ReferenceReduction.write(terms, reduction, terms.length, loss);
  }

  @Override
  public void backward(
      Tensor a,
      Tensor b,
      int[] alike,
      Tensor dloss,
      Tensor da,
      Tensor db,
      Workspace ws,
      Parallel par) {
    CosineEmbeddingLoss.requireBackward(this, a, b, alike, dloss, da, db);
    for (int row = 0; row < alike.length; row++) {
      double aa = dot(a, a, row) + LENGTH;
      double bb = dot(b, b, row) + LENGTH;
      double lengths = StrictMath.sqrt(aa * bb);
      double cosine = dot(a, b, row) / lengths;
      double sign = alike[row] == 1 ? -1 : cosine <= margin ? 0 : 1;
      double factor = sign * ReferenceReduction.factor(dloss, row, reduction, alike.length);
      int d = shape.dim(1);
      for (int i = row * d; i < (row + 1) * d; i++) {
        double p = a.array()[a.offset() + i];
        double q = b.array()[b.offset() + i];
        da.array()[da.offset() + i] = (float) (factor * (q / lengths - cosine * p / aa));
        db.array()[db.offset() + i] = (float) (factor * (p / lengths - cosine * q / bb));
      }
    }
  }
}
