package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.MatMul;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** NumPy's matmul: each product of two elements by itself, in float64. */
record ReferenceMatMul(Shape a, Shape b) implements MatMul {
  ReferenceMatMul {
    Arithmetic.matMulShape(a, b);
  }

  @Override
  public Shape y() {
    return Arithmetic.matMulShape(a, b);
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  /** What is done with the elements that meet, by their numbers in row-major order. */
  private interface Meeting {
    void of(int left, int right, int result);
  }

  private void forEach(Meeting meeting) {
    Shape rows = a.rank() == 1 ? a.prepend(1) : a;
    Shape columns = b.rank() == 1 ? Shape.of(b.dim(0), 1) : b;
    Shape result = Arithmetic.matMulShape(rows, columns);
    int rank = result.rank();
    for (int i = 0; i < result.size(); i++) {
      int[] at = Index.of(result, i);
      int row = at[rank - 2];
      int column = at[rank - 1];
      for (int p = 0; p < a.dim(-1); p++) {
        at[rank - 2] = row;
        at[rank - 1] = p;
        int left = Index.number(rows, Index.broadcast(at, rows));
        at[rank - 2] = p;
        at[rank - 1] = column;
        int right = Index.number(columns, Index.broadcast(at, columns));
        meeting.of(left, right, i);
      }
    }
  }

  @Override
  public void forward(Tensor a, Tensor b, Tensor y, Workspace ws, Parallel par) {
    requireShape(a, this.a, "a");
    requireShape(b, this.b, "b");
    requireShape(y, y(), "y");
    requireDisjoint(y, "y", a, "a");
    requireDisjoint(y, "y", b, "b");
    double[] sums = new double[y.size()];
    float[] left = a.toArray();
    float[] right = b.toArray();
    forEach((i, j, result) -> sums[result] += (double) left[i] * right[j]);
    ReferenceBinary.write(sums, y);
  }

  @Override
  public void backward(
      Tensor a, Tensor b, Tensor dy, Tensor da, Tensor db, Workspace ws, Parallel par) {
    requireShape(a, this.a, "a");
    requireShape(b, this.b, "b");
    requireShape(dy, y(), "dy");
    requireGradient(da, "da", this.a, a, b, dy);
    requireGradient(db, "db", this.b, a, b, dy);
    if (da != null && db != null) {
      requireDisjoint(da, "da", db, "db");
    }
    double[] sumsA = new double[this.a.size()];
    double[] sumsB = new double[this.b.size()];
    float[] left = a.toArray();
    float[] right = b.toArray();
    float[] g = dy.toArray();
    forEach(
        (i, j, result) -> {
          sumsA[i] += (double) g[result] * right[j];
          sumsB[j] += (double) g[result] * left[i];
        });
    ReferenceBinary.write(sumsA, da);
    ReferenceBinary.write(sumsB, db);
  }

  private static void requireGradient(
      Tensor gradient, String name, Shape shape, Tensor a, Tensor b, Tensor dy) {
    if (gradient != null) {
      requireShape(gradient, shape, name);
      requireDisjoint(gradient, name, a, "a");
      requireDisjoint(gradient, name, b, "b");
      requireDisjoint(gradient, name, dy, "dy");
    }
  }
}
