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
import java.util.Arrays;
import java.util.Objects;

/** {@link TripletLoss}, a task being a row. */
final class KernelTriplet implements TripletLoss {
  private static final long FLOPS_PER_ELEMENT = 8;

  private final Shape shape;
  private final int n;
  private final int d;
  private final float margin;
  private final boolean swap;
  private final Reduction reduction;
  private final RowDots dots;
  private final PairKernels steps;
  private final Shape lossShape;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelTriplet(Shape shape, double margin, boolean swap, Reduction reduction, KernelSet kernels) {
    this.shape = LossArguments.matrix(shape);
    this.n = shape.dim(0);
    this.d = shape.dim(1);
    this.margin = LossArguments.finite("margin", margin);
    this.swap = swap;
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
  public void forward(
      Tensor anchor, Tensor positive, Tensor negative, Tensor loss, Workspace ws, Parallel par) {
    TripletLoss.requireForward(this, anchor, positive, negative, loss);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.set(anchor, positive, negative, ws);
      call.loss = loss;
      par.forWork(shape.size() * FLOPS_PER_ELEMENT).forEach(n, call.row);
    }
    if (reduction != Reduction.NONE) {
      LossSums.write(ws, n, reduction == Reduction.SUM ? 1 : n, loss);
    }
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
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.set(anchor, positive, negative, ws);
      call.dloss = dloss;
      call.danchor = danchor;
      call.dpositive = dpositive;
      call.dnegative = dnegative;
      par.forWork(shape.size() * FLOPS_PER_ELEMENT).forEach(n, call.row);
    }
  }

  private final class Call extends CallFrame {
    private Tensor anchor;
    private Tensor positive;
    private Tensor negative;
    private Tensor loss;
    private Tensor dloss; // null when forward
    private Tensor danchor;
    private Tensor dpositive;
    private Tensor dnegative;
    private Workspace ws;
    private final TaskBody row = this::row;

    private void set(Tensor anchor, Tensor positive, Tensor negative, Workspace ws) {
      this.anchor = anchor;
      this.positive = positive;
      this.negative = negative;
      this.ws = ws;
    }

    private double distance(Tensor a, Tensor b, int at, int worker) {
      int s = ws.workerOffset(worker);
      return Math.sqrt(
          dots.distance(
              APART, a.array(), a.offset() + at, b.array(), b.offset() + at, d, ws.array(), s));
    }

    private void row(int row, int worker) {
      int at = row * d;
      double near = distance(anchor, positive, at, worker);
      double far = distance(anchor, negative, at, worker);
      double other = swap ? distance(positive, negative, at, worker) : Double.POSITIVE_INFINITY;
      double term = near - Math.min(far, other) + margin;
      if (dloss == null) {
        keep(row, Math.max(0, term));
      } else if (term <= 0) {
        clear(danchor, at);
        clear(dpositive, at);
        clear(dnegative, at);
      } else {
        double by =
            reduction == Reduction.NONE
                ? dloss.array()[dloss.offset() + row]
                : LossSums.factor(dloss, reduction, n);
        float pull = (float) (by / near);
        difference(pull, anchor, positive, danchor, at);
        difference(-pull, anchor, positive, dpositive, at);
        boolean swapped = other < far;
        float push = (float) (by / (swapped ? other : far));
        Tensor from = swapped ? positive : anchor;
        difference(push, from, negative, dnegative, at);
        subtract(dnegative, swapped ? dpositive : danchor, at);
      }
    }

    private void clear(Tensor gradient, int at) {
      int from = gradient.offset() + at;
      Arrays.fill(gradient.array(), from, from + d, 0);
    }

    /** {@code dst = by · (a - b + APART)}. */
    private void difference(float by, Tensor a, Tensor b, Tensor dst, int at) {
      steps.run(
          PairStep.DIFFERENCE,
          APART,
          by,
          a.array(),
          a.offset() + at,
          b.array(),
          b.offset() + at,
          dst.array(),
          dst.offset() + at,
          d);
    }

    /** {@code dst = dst - src}. */
    private void subtract(Tensor src, Tensor dst, int at) {
      float[] to = dst.array();
      int dOff = dst.offset() + at;
      steps.run(PairStep.COMBINE, 1, -1, to, dOff, src.array(), src.offset() + at, to, dOff, d);
    }

    private void keep(int row, double term) {
      if (reduction == Reduction.NONE) {
        loss.array()[loss.offset() + row] = (float) term;
      } else {
        LossSums.put(ws, row, term);
      }
    }

    @Override
    protected void clear() {
      anchor = null;
      positive = null;
      negative = null;
      loss = null;
      dloss = null;
      danchor = null;
      dpositive = null;
      dnegative = null;
      ws = null;
    }
  }
}
