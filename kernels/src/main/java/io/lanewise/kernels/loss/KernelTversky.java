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

/**
 * {@link Losses#tversky} plane by plane, a task being one. With {@code N = Σ x·t + smoothing} and
 * {@code D} the divisor, the slope is {@code -t/D + N/D² · (alpha + (1 - alpha - beta) · t)}: a
 * line in t.
 */
final class KernelTversky implements TensorLoss {
  private static final long FLOPS_PER_ELEMENT = 6;

  private final Shape shape;
  private final Reduction reduction;
  private final float alpha;
  private final float beta;
  private final float smoothing;
  private final RowDots dots;
  private final PairKernels steps;
  private final Shape lossShape;
  private final WorkspaceSpec workspace;
  private final int planes;
  private final int positions;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelTversky(
      Shape shape,
      double alpha,
      double beta,
      double smoothing,
      Reduction reduction,
      KernelSet kernels) {
    this.shape = LossArguments.channels(shape);
    this.reduction = Objects.requireNonNull(reduction, "reduction");
    this.alpha = LossArguments.atLeastZero("alpha", alpha);
    this.beta = LossArguments.atLeastZero("beta", beta);
    this.smoothing = LossArguments.atLeastZero("smoothing", smoothing);
    this.dots = new RowDots(kernels);
    this.steps = kernels.pairs();
    this.planes = shape.dim(0) * shape.dim(1);
    this.positions = shape.size() / Math.max(1, planes);
    this.lossShape = reduction.of(Shape.of(shape.dim(0), shape.dim(1)));
    long shared = reduction == Reduction.NONE ? 0 : LossSums.floats(planes);
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
  public void forward(Tensor x, Tensor target, Tensor loss, Workspace ws, Parallel par) {
    TensorLoss.requireForward(this, x, target, loss);
    run(x, target, null, loss, ws, par);
    if (reduction != Reduction.NONE) {
      LossSums.write(ws, planes, reduction == Reduction.SUM ? 1 : planes, loss);
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
      par.forWork(shape.size() * FLOPS_PER_ELEMENT).forEach(planes, call.plane);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor target;
    private Tensor dloss; // null when forward
    private Tensor out;
    private Workspace ws;
    private final TaskBody plane = this::plane;

    private void plane(int plane, int worker) {
      float[] a = x.array();
      float[] t = target.array();
      int at = plane * positions;
      int aOff = x.offset() + at;
      int tOff = target.offset() + at;
      int s = ws.workerOffset(worker);
      double both = dots.dot(a, aOff, t, tOff, positions, ws.array(), s);
      double rest = alpha * (dots.sum(a, aOff, positions) - both);
      rest += beta * (dots.sum(t, tOff, positions) - both);
      double divisor = both + rest + smoothing;
      double top = both + smoothing;
      if (dloss == null) {
        keep(plane, 1 - top / divisor);
        return;
      }
      double by =
          reduction == Reduction.NONE
              ? dloss.array()[dloss.offset() + plane]
              : LossSums.factor(dloss, reduction, planes);
      double share = top / divisor / divisor;
      float p = (float) (by * (share * (1.0 - alpha - beta) - 1 / divisor));
      float q = (float) (by * share * alpha);
      int d = out.offset() + at;
      steps.run(PairStep.LINE, p, q, t, tOff, t, tOff, out.array(), d, positions);
    }

    private void keep(int plane, double term) {
      if (reduction == Reduction.NONE) {
        out.array()[out.offset() + plane] = (float) term;
      } else {
        LossSums.put(ws, plane, term);
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
