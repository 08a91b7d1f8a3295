package io.lanewise.kernels.loss;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ElementwiseKernels;
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

/**
 * A loss of single elements block by block, a task being {@value #BLOCKS} blocks. Terms of a block
 * are added in 16 partial sums ({@link ElementwiseKernels#sum}), blocks and tasks in float64.
 */
final class KernelPointLoss implements TensorLoss {
  private static final int BLOCK = PointFormula.BLOCK;
  private static final int BLOCKS = 16;
  private static final int TASK = BLOCK * BLOCKS;
  private static final long FLOPS_PER_ELEMENT = 10;

  private final Shape shape;
  private final Reduction reduction;
  private final PointFormula formula;
  private final ElementwiseKernels sums;
  private final PairKernels steps;
  private final Shape lossShape;
  private final WorkspaceSpec workspace;
  private final int tasks;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelPointLoss(Shape shape, Reduction reduction, PointFormula formula, KernelSet kernels) {
    this.shape = Objects.requireNonNull(shape, "shape");
    this.reduction = Objects.requireNonNull(reduction, "reduction");
    this.formula = formula;
    this.sums = kernels.elementwise();
    this.steps = kernels.pairs();
    this.lossShape = reduction.of(shape);
    this.tasks = Math.ceilDiv(shape.size(), TASK);
    long shared = reduction == Reduction.NONE ? 0 : LossSums.floats(tasks);
    this.workspace = new WorkspaceSpec(shared, (long) formula.buffers() * BLOCK);
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
  public void forward(Tensor x, Tensor target, Tensor loss, Workspace ws, Parallel par) {
    TensorLoss.requireForward(this, x, target, loss);
    run(x, target, null, loss, ws, par);
    if (reduction != Reduction.NONE) {
      double divisor = reduction == Reduction.SUM ? 1 : shape.size();
      LossSums.write(ws, tasks, divisor, loss);
    }
  }

  @Override
  public void backward(
      Tensor x, Tensor target, Tensor dloss, Tensor dx, Workspace ws, Parallel par) {
    TensorLoss.requireBackward(this, x, target, dloss, dx);
    run(x, target, dloss, dx, ws, par);
  }

  private void run(Tensor x, Tensor target, Tensor dloss, Tensor out, Workspace ws, Parallel par) {
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.x = x;
      call.target = target;
      call.dloss = dloss;
      call.out = out;
      call.ws = ws;
      if (dloss != null && reduction != Reduction.NONE) {
        call.factor = (float) LossSums.factor(dloss, reduction, shape.size());
      }
      TaskBody body = dloss == null ? call.losses : call.slopes;
      par.forWork(shape.size() * FLOPS_PER_ELEMENT).forEach(tasks, body);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor target;
    private Tensor dloss; // null when forward
    private Tensor out;
    private Workspace ws;
    private float factor;
    private final TaskBody losses = this::losses;
    private final TaskBody slopes = this::slopes;

    private void losses(int task, int worker) {
      float[] s = ws.array();
      int at = ws.workerOffset(worker);
      int end = Math.min(shape.size(), (task + 1) * TASK);
      double sum = 0;
      for (int i = task * TASK; i < end; i += BLOCK) {
        int n = Math.min(BLOCK, end - i);
        formula.loss(x.array(), x.offset() + i, target.array(), target.offset() + i, s, at, i, n);
        if (reduction == Reduction.NONE) {
          System.arraycopy(s, at, out.array(), out.offset() + i, n);
        } else {
          sum += sums.sum(s, at, n);
        }
      }
      if (reduction != Reduction.NONE) {
        LossSums.put(ws, task, sum);
      }
    }

    private void slopes(int task, int worker) {
      float[] s = ws.array();
      int at = ws.workerOffset(worker);
      int end = Math.min(shape.size(), (task + 1) * TASK);
      for (int i = task * TASK; i < end; i += BLOCK) {
        int n = Math.min(BLOCK, end - i);
        formula.slope(x.array(), x.offset() + i, target.array(), target.offset() + i, s, at, i, n);
        float[] dx = out.array();
        int d = out.offset() + i;
        if (reduction == Reduction.NONE) {
          steps.run(PairStep.MULTIPLY, 0, 0, s, at, dloss.array(), dloss.offset() + i, dx, d, n);
        } else {
          steps.run(PairStep.LINE, factor, 0, s, at, s, at, dx, d, n);
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      target = null;
      dloss = null;
      out = null;
      ws = null;
    }
  }
}
