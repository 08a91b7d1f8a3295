package io.lanewise.kernels.norm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link LocalResponseNorm} across channels that lie in planes: lanes on pixels, a tap being the
 * same pixels of another plane. A task is some pixels of an image, so few that the planes of a
 * window stay in cache.
 */
final class PlaneLrn implements LocalResponseNorm {
  private static final int PIXELS = 1 << 10;
  private static final int KEPT = 1 << 14; // elements of each array that backward keeps
  private static final int LEAST = 16;
  private static final long FLOPS_PER_ELEMENT = 30;

  private final Shape shape;
  private final Lrn lrn;
  private final LrnSteps steps;
  private final int n;
  private final int c;
  private final int s;
  private final int forwardPixels;
  private final int backwardPixels;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  PlaneLrn(Shape shape, Lrn lrn, Target target) {
    this.shape = shape;
    this.lrn = lrn;
    this.steps = new LrnSteps(lrn, target.kernels());
    this.n = shape.dim(0);
    this.c = shape.dim(1);
    this.s = NormShapes.pixels(shape);
    this.forwardPixels = Math.clamp(s, 1, PIXELS);
    this.backwardPixels = Math.clamp(KEPT / Math.max(1, c), LEAST, PIXELS);
    long backward = (2L * c + 1) * backwardPixels;
    this.workspace = new WorkspaceSpec(0, Math.max(2L * forwardPixels, backward));
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  @Override
  public Lrn lrn() {
    return lrn;
  }

  /** s and p of some pixels; backward p and q of all their channels, and one more row. */
  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    LocalResponseNorm.checkForward(this, x, y);
    run(x, null, y, ws, par);
  }

  @Override
  public void backward(Tensor x, Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    LocalResponseNorm.checkBackward(this, x, dy, dx);
    run(x, dy, dx, ws, par);
  }

  private void run(Tensor x, Tensor dy, Tensor dst, Workspace ws, Parallel par) {
    ws.require(workspace(), par.workers());
    if (shape.size() == 0) {
      return;
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.dy = dy;
      call.dst = dst;
      call.ws = ws;
      int pixels = dy == null ? forwardPixels : backwardPixels;
      int tasks = n * Math.ceilDiv(s, pixels);
      par.forWork(x.size() * FLOPS_PER_ELEMENT)
          .forEach(tasks, dy == null ? call.forward : call.backward);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor dy; // null when forward
    private Tensor dst;
    private Workspace ws;
    private final TaskBody forward = this::forward;
    private final TaskBody backward = this::backward;

    /** Where a task's pixels lie in the first channel. */
    private int first(int task, int pixels) {
      int blocks = Math.ceilDiv(s, pixels);
      return task / blocks * c * s + task % blocks * pixels;
    }

    private int count(int task, int pixels) {
      return Math.min(pixels, s - task % Math.ceilDiv(s, pixels) * pixels);
    }

    private void squares(int ch, int at, int count, float[] into, int off) {
      int lo = Math.max(0, ch - lrn.before());
      int hi = Math.min(c - 1, ch + lrn.after());
      int src = x.offset() + at + lo * s;
      steps.squares(x.array(), src, hi - lo + 1, s, count, into, off);
    }

    private void forward(int task, int worker) {
      int at = first(task, forwardPixels);
      int count = count(task, forwardPixels);
      float[] tile = ws.array();
      int sums = ws.workerOffset(worker);
      int p = sums + forwardPixels;
      for (int ch = 0; ch < c; ch++) {
        int pixel = at + ch * s;
        int to = dst.offset() + pixel;
        if (steps.isRapid()) {
          rapid(ch, at, count);
          continue;
        }
        squares(ch, at, count, tile, sums);
        steps.power(tile, sums, tile, p, count);
        steps.kernels.product(x.array(), x.offset() + pixel, tile, p, dst.array(), to, count);
      }
    }

    private void rapid(int ch, int at, int count) {
      int lo = Math.max(0, ch - lrn.before());
      int hi = Math.min(c - 1, ch + lrn.after());
      int src = x.offset() + at + lo * s;
      int pixel = at + ch * s;
      int to = dst.offset() + pixel;
      steps.rapidForward(
          x.array(), src, hi - lo + 1, s, x.offset() + pixel, count, dst.array(), to);
    }

    private void backward(int task, int worker) {
      int at = first(task, backwardPixels);
      int count = count(task, backwardPixels);
      int p = ws.workerOffset(worker);
      int q = p + c * backwardPixels;
      for (int ch = 0; ch < c; ch++) {
        int row = ch * backwardPixels;
        inner(ch, at, count, p + row, q + row);
      }
      for (int ch = 0; ch < c; ch++) {
        gradient(ch, at, count, p + ch * backwardPixels, q);
      }
    }

    private void inner(int ch, int at, int count, int p, int q) {
      float[] tile = ws.array();
      int pixel = at + ch * s;
      squares(ch, at, count, tile, q);
      steps.power(tile, q, tile, p, count);
      steps.kernels.inner(
          x.array(),
          x.offset() + pixel,
          dy.array(),
          dy.offset() + pixel,
          tile,
          p,
          tile,
          q,
          tile,
          q,
          count);
    }

    private void gradient(int ch, int at, int count, int p, int q) {
      float[] tile = ws.array();
      int lo = Math.max(0, ch - lrn.after());
      int hi = Math.min(c - 1, ch + lrn.before());
      int sum = q + c * backwardPixels;
      int src = q + lo * backwardPixels;
      int pixel = at + ch * s;
      steps.kernels.sums(tile, src, hi - lo + 1, backwardPixels, count, false, 0, 1, tile, sum);
      steps.kernels.gradient(
          x.array(),
          x.offset() + pixel,
          dy.array(),
          dy.offset() + pixel,
          tile,
          p,
          tile,
          sum,
          steps.slope,
          dst.array(),
          dst.offset() + pixel,
          count);
    }

    @Override
    protected void clear() {
      x = null;
      dy = null;
      dst = null;
      ws = null;
    }
  }
}
