package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.gemm.GemmLoops;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link MatMul} by {@link GemmLoops}: one product where the right operand is one matrix, the rows
 * of all left ones being one matrix then; a batch of products where both have the same batch; and a
 * product after the other where axes are broadcast.
 */
final class KernelMatMul implements MatMul {
  private final Shape a;
  private final Shape b;
  private final MatMulShape shape;
  private final int rounds; // products one after the other
  private final GemmLoops forward;
  private final GemmLoops left; // da
  private final GemmLoops right; // db
  private final int[] batch;
  private final int[] aSteps;
  private final int[] bSteps;
  private final WorkspaceSpec workspace;

  KernelMatMul(Shape a, Shape b, Target target) {
    this.a = a;
    this.b = b;
    this.shape = MatMulShape.of(a, b);
    int m = shape.m();
    int n = shape.n();
    int k = shape.k();
    int products = shape.batch().size();
    boolean flat = shape.bBatch().size() == 1 && shape.aBatch().size() == products;
    boolean same = shape.aBatch().size() == products && shape.bBatch().size() == products;
    int rows = flat ? Math.multiplyExact(products, m) : m;
    int together = flat ? 1 : same ? products : 1;
    this.rounds = flat || same ? 1 : products;
    boolean adds = rounds > 1;
    this.forward = loops(new GemmShape(rows, n, k, false, false, false), together, target);
    this.left = loops(new GemmShape(rows, k, n, false, true, adds), together, target);
    this.right = loops(new GemmShape(k, n, rows, true, false, adds), together, target);
    this.workspace = forward.workspace().max(left.workspace()).max(right.workspace());
    this.batch = shape.batch().toArray();
    this.aSteps = steps(shape.aBatch(), m * k);
    this.bSteps = steps(shape.bBatch(), k * n);
  }

  private static GemmLoops loops(GemmShape shape, int products, Target target) {
    return new GemmLoops(shape.withBatch(products), target);
  }

  /** Elements between an operand's matrices along each axis of the result's batch. */
  private int[] steps(Shape operand, int matrix) {
    int[] own = StoredDims.steps(operand.toArray());
    int[] steps = new int[shape.batch().rank()];
    for (int i = 0; i < own.length; i++) {
      steps[steps.length - own.length + i] = operand.dim(i) == 1 ? 0 : own[i] * matrix;
    }
    return steps;
  }

  @Override
  public Shape a() {
    return a;
  }

  @Override
  public Shape b() {
    return b;
  }

  @Override
  public Shape y() {
    return shape.y();
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  private int offset(int round, int[] steps) {
    int rest = round;
    int at = 0;
    for (int i = batch.length - 1; i >= 0; i--) {
      at += rest % batch[i] * steps[i];
      rest /= batch[i];
    }
    return at;
  }

  @Override
  public void forward(Tensor a, Tensor b, Tensor y, Workspace ws, Parallel par) {
    requireShape(a, this.a, "a");
    requireShape(b, this.b, "b");
    requireShape(y, shape.y(), "y");
    requireDisjoint(y, "y", a, "a");
    requireDisjoint(y, "y", b, "b");
    ws.require(workspace, par.workers());
    for (int q = 0; q < rounds; q++) {
      int from = a.offset() + (rounds > 1 ? offset(q, aSteps) : 0);
      int with = b.offset() + (rounds > 1 ? offset(q, bSteps) : 0);
      int to = y.offset() + q * shape.m() * shape.n();
      forward.run(
          a.array(), from, false, b.array(), with, false, null, 0, 0, y.array(), to, ws, par);
    }
  }

  @Override
  public void backward(
      Tensor a, Tensor b, Tensor dy, Tensor da, Tensor db, Workspace ws, Parallel par) {
    requireShape(a, this.a, "a");
    requireShape(b, this.b, "b");
    requireShape(dy, shape.y(), "dy");
    requireGradient(da, "da", this.a, a, b, dy);
    requireGradient(db, "db", this.b, a, b, dy);
    if (da != null && db != null) {
      requireDisjoint(da, "da", db, "db");
    }
    ws.require(workspace, par.workers());
    if (da != null) {
      leftGradient(b, dy, da, ws, par);
    }
    if (db != null) {
      rightGradient(a, dy, db, ws, par);
    }
  }

  private void leftGradient(Tensor b, Tensor dy, Tensor da, Workspace ws, Parallel par) {
    if (rounds != 1) {
      Arrays.fill(da.array(), da.offset(), da.offset() + da.size(), 0f);
    }
    for (int q = 0; q < rounds; q++) {
      int from = dy.offset() + q * shape.m() * shape.n();
      int with = b.offset() + (rounds > 1 ? offset(q, bSteps) : 0);
      int to = da.offset() + (rounds > 1 ? offset(q, aSteps) : 0);
      float[] start = rounds > 1 ? da.array() : null;
      float[] dst = da.array();
      left.run(
          dy.array(), from, false, b.array(), with, false, start, to, shape.k(), dst, to, ws, par);
    }
  }

  private void rightGradient(Tensor a, Tensor dy, Tensor db, Workspace ws, Parallel par) {
    if (rounds != 1) {
      Arrays.fill(db.array(), db.offset(), db.offset() + db.size(), 0f);
    }
    for (int q = 0; q < rounds; q++) {
      int from = a.offset() + (rounds > 1 ? offset(q, aSteps) : 0);
      int with = dy.offset() + q * shape.m() * shape.n();
      int to = db.offset() + (rounds > 1 ? offset(q, bSteps) : 0);
      float[] start = rounds > 1 ? db.array() : null;
      float[] dst = db.array();
      right.run(
          a.array(), from, false, dy.array(), with, false, start, to, shape.n(), dst, to, ws, par);
    }
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
