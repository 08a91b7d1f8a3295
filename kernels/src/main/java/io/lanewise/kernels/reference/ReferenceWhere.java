package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.Where;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** One of two tensors, element by element. */
record ReferenceWhere(Shape condition, Shape a, Shape b, Layout layout) implements Where {
  ReferenceWhere {
    Arithmetic.broadcast(layout, condition, a, b);
  }

  @Override
  public Shape y() {
    return Arithmetic.broadcast(condition, a, b);
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public void forward(Tensor condition, Tensor a, Tensor b, Tensor y, Workspace ws, Parallel par) {
    requireShape(condition, this.condition, layout, "condition");
    requireShape(a, this.a, layout, "a");
    requireShape(b, this.b, layout, "b");
    requireShape(y, y(), layout, "y");
    requireApart(y, condition, "condition");
    requireApart(y, a, "a");
    requireApart(y, b, "b");
    for (int i = 0; i < y.size(); i++) {
      int[] at = Index.of(y.shape(), i);
      boolean first = condition.get(Index.broadcast(at, this.condition)) != 0;
      y.set(first ? a.get(Index.broadcast(at, this.a)) : b.get(Index.broadcast(at, this.b)), at);
    }
  }

  private static void requireApart(Tensor y, Tensor operand, String name) {
    if (operand.size() == y.size()) {
      requireSameOrDisjoint(y, "y", operand, name);
    } else {
      requireDisjoint(y, "y", operand, name);
    }
  }

  @Override
  public void backward(
      Tensor condition, Tensor dy, Tensor da, Tensor db, Workspace ws, Parallel par) {
    requireShape(condition, this.condition, layout, "condition");
    requireShape(dy, y(), layout, "dy");
    requireGradient(da, "da", this.a, condition, dy);
    requireGradient(db, "db", this.b, condition, dy);
    if (da != null && db != null) {
      requireDisjoint(da, "da", db, "db");
    }
    double[] sumsA = new double[this.a.size()];
    double[] sumsB = new double[this.b.size()];
    for (int i = 0; i < dy.size(); i++) {
      int[] at = Index.of(dy.shape(), i);
      if (condition.get(Index.broadcast(at, this.condition)) != 0) {
        sumsA[Index.number(this.a, Index.broadcast(at, this.a))] += dy.get(at);
      } else {
        sumsB[Index.number(this.b, Index.broadcast(at, this.b))] += dy.get(at);
      }
    }
    ReferenceBinary.write(sumsA, da);
    ReferenceBinary.write(sumsB, db);
  }

  private void requireGradient(
      Tensor gradient, String name, Shape shape, Tensor condition, Tensor dy) {
    if (gradient != null) {
      requireShape(gradient, shape, layout, name);
      requireDisjoint(gradient, name, condition, "condition");
      requireDisjoint(gradient, name, dy, "dy");
    }
  }
}
