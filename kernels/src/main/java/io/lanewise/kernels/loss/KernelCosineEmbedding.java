package io.lanewise.kernels.loss;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairKernels;
import io.lanewise.kernels.micro.PairStep;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Objects;

/** {@link CosineEmbeddingLoss}, a task being a row. */
final class KernelCosineEmbedding implements CosineEmbeddingLoss {
  private static final long FLOPS_PER_ELEMENT = 8;

  private final Shape shape;
  private final int n;
  private final int d;
  private final float margin;
  private final Reduction reduction;
  private final RowDots dots;
  private final PairKernels steps;
  private final Shape lossShape;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelCosineEmbedding(Shape shape, double margin, Reduction reduction, KernelSet kernels) {
    this.shape = LossArguments.matrix(shape);
    this.n = shape.dim(0);
    this.d = shape.dim(1);
    this.margin = LossArguments.finite("margin", margin);
    this.reduction = Objects.requireNonNull(reduction, "reduction");
    this.dots = new RowDots(kernels);
    this.steps = kernels.pairs();
    this.lossShape = reduction.of(Shape.of(n));
    long shared = reduction == Reduction.NONE ? 0 : LossSums.floats(n);
    this.workspace = new WorkspaceSpec(shared, RowDots.BLOCK);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Shape lossShape() {
    return lossShape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void forward(Tensor a, Tensor b, int[] alike, Tensor loss, Workspace ws, Parallel par) {
    CosineEmbeddingLoss.requireForward(this, a, b, alike, loss);
    run(a, b, alike, null, loss, null, ws, par);
    if (reduction != Reduction.NONE) {
      LossSums.write(ws, n, reduction == Reduction.SUM ? 1 : n, loss);
    }
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
    run(a, b, alike, dloss, da, db, ws, par);
  }

  private void run(
      Tensor a,
      Tensor b,
      int[] alike,
      Tensor dloss,
      Tensor out,
      Tensor db,
      Workspace ws,
      Parallel par) {
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.a = a;
      call.b = b;
      call.alike = alike;
      call.dloss = dloss;
      call.out = out;
      call.db = db;
      call.ws = ws;
      par.forWork(shape.size() * FLOPS_PER_ELEMENT).forEach(n, call.row);
    }
  }

  private final class Call extends CallFrame {
    private Tensor a;
    private Tensor b;
    private int[] alike;
    private Tensor dloss; // null when forward
    private Tensor out; // loss, or da
    private Tensor db;
    private Workspace ws;
    private final TaskBody row = this::row;

    private double dot(Tensor p, Tensor q, int at, int worker) {
      int s = ws.workerOffset(worker);
      return dots.dot(p.array(), p.offset() + at, q.array(), q.offset() + at, d, ws.array(), s);
    }

    private void row(int row, int worker) {
      int at = row * d;
      double aa = dot(a, a, at, worker) + LENGTH;
      double bb = dot(b, b, at, worker) + LENGTH;
      double lengths = Math.sqrt(aa * bb);
      double cosine = dot(a, b, at, worker) / lengths;
      if (dloss == null) {
        keep(row, alike[row] == 1 ? 1 - cosine : Math.max(0, cosine - margin));
        return;
      }
      double by =
          reduction == Reduction.NONE
              ? dloss.array()[dloss.offset() + row]
              : LossSums.factor(dloss, reduction, n);
      by *= alike[row] == 1 ? -1 : cosine <= margin ? 0 : 1;
      gradient(by / lengths, -by * cosine / aa, b, a, out, at);
      gradient(by / lengths, -by * cosine / bb, a, b, db, at);
    }

    /** {@code dst = p · other + q · own}. */
    private void gradient(double p, double q, Tensor other, Tensor own, Tensor dst, int at) {
      steps.run(
          PairStep.COMBINE,
          (float) p,
          (float) q,
          other.array(),
          other.offset() + at,
          own.array(),
          own.offset() + at,
          dst.array(),
          dst.offset() + at,
          d);
    }

    private void keep(int row, double term) {
      if (reduction == Reduction.NONE) {
        out.array()[out.offset() + row] = (float) term;
      } else {
        LossSums.put(ws, row, term);
      }
    }

    @Override
    protected void clear() {
      a = null;
      b = null;
      alike = null;
      dloss = null;
      out = null;
      db = null;
      ws = null;
    }
  }
}
