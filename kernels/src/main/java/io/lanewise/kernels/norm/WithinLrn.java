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
  private final WorkspaceSpec workspace;
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
    this.workspace =
        new WorkspaceSpec(2L * shape.size(), (2L * taskRows + 1) * row + (lrn.size() - 1L) * step);
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

  /** p and q; s and p of a task's rows, and a row between zeros. */
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
          steps.kernels.squares(src, from, taps, row, row, i > front, 0, 1, tile, middle);
        } else {
          steps.kernels.sums(src, from, taps, row, row, i > front, 0, 1, tile, middle);
        }
      }
      if (squares) {
        steps.ofSums(tile, wide, lrn.size(), step, row, tile, s);
      } else {
        steps.kernels.sums(tile, wide, lrn.size(), step, row, false, 0, 1, tile, s);
      }
    }

    private int scratch(int worker) {
      return ws.workerOffset(worker) + 2 * taskRows * row; // behind s and p
    }

    /** s of a task's rows; returns how many elements they have. */
    private int bases(int task, int worker) {
      int s = ws.workerOffset(worker);
      int first = task * taskRows;
      for (int r = first; r < end(task); r++) {
        int to = s + (r - first) * row;
        sums(r, x.array(), x.offset(), true, lrn.before(), lrn.after(), scratch(worker), to);
      }
      return (end(task) - first) * row;
    }

    private void forward(int task, int worker) {
      float[] tile = ws.array();
      int count = bases(task, worker);
      int s = ws.workerOffset(worker);
      int p = s + taskRows * row;
      steps.power(tile, s, tile, p, count);
      int at = task * taskRows * row;
      int to = dst.offset() + at;
      steps.kernels.product(x.array(), x.offset() + at, tile, p, dst.array(), to, count);
    }

    private void inner(int task, int worker) {
      float[] tile = ws.array();
      int count = bases(task, worker);
      int s = ws.workerOffset(worker);
      int at = task * taskRows * row;
      int p = ws.sharedOffset() + at;
      int q = p + shape.size();
      int g = dy.offset() + at;
      steps.power(tile, s, tile, p, count);
      steps.kernels.inner(
          x.array(), x.offset() + at, dy.array(), g, tile, p, tile, s, tile, q, count);
    }

    private void gradient(int task, int worker) {
      float[] tile = ws.array();
      int s = ws.workerOffset(worker);
      int q = ws.sharedOffset() + shape.size();
      int first = task * taskRows;
      for (int r = first; r < end(task); r++) {
        int to = s + (r - first) * row;
        sums(r, tile, q, false, lrn.after(), lrn.before(), scratch(worker), to);
      }
      int at = first * row;
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
          (end(task) - first) * row);
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
