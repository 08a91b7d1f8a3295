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
import java.util.Arrays;

/**
 * {@link LocalResponseNorm} over positions: the window's sum along rows of the sums across rows, so
 * that a window of 5 x 5 takes 10 additions. Lanes run along a row, of all channels where they lie
 * side by side; a task is some rows. Backward keeps p and q of the whole tensor between two passes.
 */
final class WithinLrn implements LocalResponseNorm {
  private static final int TASK = 1 << 12;
  private static final long FLOPS_PER_ELEMENT = 40;

  private final Shape shape;
  private final Layout layout;
  private final Lrn lrn;
  private final LrnSteps steps;
  private final int depth;
  private final int height;
  private final int step; // between neighbours in a row
  private final int row; // elements
  private final int rows; // of all planes
  private final int taskRows;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  WithinLrn(Shape shape, Layout layout, Lrn lrn, Target target) {
    this.shape = shape;
    this.layout = layout;
    this.lrn = lrn;
    this.steps = new LrnSteps(lrn, target.kernels());
    int rank = shape.rank();
    this.depth = rank > 4 ? shape.dim(2) : 1;
    this.height = rank > 3 ? shape.dim(rank - 2) : 1;
    this.step = layout == Layout.CHANNELS_LAST ? shape.dim(1) : 1;
    int width = rank > 2 ? shape.dim(rank - 1) : 1;
    this.row = shape.size() == 0 ? 0 : width * step;
    this.rows = shape.size() == 0 ? 0 : shape.size() / row;
    this.taskRows = Math.max(1, TASK / Math.max(1, row));
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public Lrn lrn() {
    return lrn;
  }

  /** p and q; a row between zeros, s, and p. */
  @Override
  public WorkspaceSpec workspace() {
    return new WorkspaceSpec(2L * shape.size(), 3L * row + (lrn.size() - 1L) * step);
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
      int tasks = Math.ceilDiv(rows, taskRows);
      Parallel team = par.forWork(x.size() * FLOPS_PER_ELEMENT);
      if (dy == null) {
        team.forEach(tasks, call.forward);
      } else {
        team.forEach(tasks, call.inner);
        team.forEach(tasks, call.gradient);
      }
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor dy; // null when forward
    private Tensor dst;
    private Workspace ws;
    private final TaskBody forward = this::forward;
    private final TaskBody inner = this::inner;
    private final TaskBody gradient = this::gradient;

    private int end(int task) {
      return Math.min(rows, (task + 1) * taskRows);
    }

    /** A row's window sums, of squares of src or of itself. */
    private void sums(
        int r, float[] src, int srcOff, boolean squares, int before, int after, int wide, int s) {
      float[] tile = ws.array();
      int y = r % height;
      int z = r / height % depth;
      int plane = srcOff + r / height / depth * depth * height * row;
      int top = Math.max(0, y - before);
      int taps = Math.min(height - 1, y + after) - top + 1;
      int middle = wide + before * step;
      Arrays.fill(tile, wide, middle, 0);
      Arrays.fill(tile, middle + row, middle + row + after * step, 0);
      int front = Math.max(0, z - before);
      for (int i = front; i <= Math.min(depth - 1, z + after); i++) {
        int from = plane + (i * height + top) * row;
        if (squares) {
          steps.kernels.squares(src, from, taps, row, row, tile, middle, i > front);
        } else {
          steps.kernels.sums(src, from, taps, row, row, tile, middle, i > front);
        }
      }
      steps.kernels.sums(tile, wide, lrn.size(), step, row, tile, s, false);
    }

    private int scratch(int worker) {
      return ws.workerOffset(worker) + 2 * row; // behind s and p
    }

    private void forward(int task, int worker) {
      float[] tile = ws.array();
      int s = ws.workerOffset(worker);
      int p = s + row;
      for (int r = task * taskRows; r < end(task); r++) {
        sums(r, x.array(), x.offset(), true, lrn.before(), lrn.after(), scratch(worker), s);
        steps.power(tile, s, tile, p, row);
        int at = r * row;
        int to = dst.offset() + at;
        steps.kernels.product(x.array(), x.offset() + at, tile, p, dst.array(), to, row);
      }
    }

    private void inner(int task, int worker) {
      float[] tile = ws.array();
      int s = ws.workerOffset(worker);
      for (int r = task * taskRows; r < end(task); r++) {
        sums(r, x.array(), x.offset(), true, lrn.before(), lrn.after(), scratch(worker), s);
        int at = r * row;
        int p = ws.sharedOffset() + at;
        int q = p + shape.size();
        int g = dy.offset() + at;
        steps.power(tile, s, tile, p, row);
        steps.kernels.inner(
            x.array(), x.offset() + at, dy.array(), g, tile, p, tile, s, tile, q, row);
      }
    }

    private void gradient(int task, int worker) {
      float[] tile = ws.array();
      int s = ws.workerOffset(worker);
      int q = ws.sharedOffset() + shape.size();
      for (int r = task * taskRows; r < end(task); r++) {
        sums(r, tile, q, false, lrn.after(), lrn.before(), scratch(worker), s);
        int at = r * row;
        steps.kernels.gradient(
            x.array(),
            x.offset() + at,
            dy.array(),
            dy.offset() + at,
            tile,
            ws.sharedOffset() + at,
            tile,
            s,
            steps.slope,
            dst.array(),
            dst.offset() + at,
            row);
      }
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
