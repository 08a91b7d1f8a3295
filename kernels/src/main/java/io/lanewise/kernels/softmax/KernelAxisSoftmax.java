package io.lanewise.kernels.softmax;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link AxisSoftmax} row by row, a task being {@value #ROWS} of them. Along another axis than the
 * last, the rows are columns of matrices [classes][inner]: those of a task are transposed into
 * scratch memory, and the result back, so the bits are those of rows.
 */
public final class KernelAxisSoftmax implements AxisSoftmax {
  private static final int ROWS = 16;
  private static final long FLOPS_PER_ELEMENT = 20;

  private final Shape shape;
  private final boolean log;
  private final int outer;
  private final int classes;
  private final int inner;
  private final SoftmaxRows rows;
  private final TransposeKernel gather; // from [classes][inner]
  private final TransposeKernel scatter; // from [ROWS][classes]
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /**
   * Plans it.
   *
   * @param axis from 0, or from -1 backwards
   * @param log whether for the logarithm
   */
  public KernelAxisSoftmax(Shape shape, int axis, boolean log, Target target) {
    int at = AxisSoftmax.axis(shape, axis);
    this.shape = shape;
    this.log = log;
    this.classes = shape.dim(at);
    this.outer = product(shape, 0, at);
    this.inner = product(shape, at + 1, shape.rank());
    this.rows = new SoftmaxRows(target.kernels());
    this.gather = target.kernels().transpose(inner);
    this.scatter = target.kernels().transpose(classes);
  }

  private static int product(Shape shape, int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product *= shape.dim(i);
    }
    return (int) product; // nothing is computed of an empty shape, whose other dims may overflow
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public WorkspaceSpec workspace() {
    long exponentials = log ? classes : 0;
    return new WorkspaceSpec(0, exponentials + (inner > 1 ? 2L * ROWS * classes : 0));
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, shape, "x");
    requireShape(y, shape, "y");
    requireSameOrDisjoint(y, "y", x, "x");
    run(x, null, y, ws, par);
  }

  @Override
  public void backward(Tensor y, Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    requireShape(y, shape, "y");
    requireShape(dy, shape, "dy");
    requireShape(dx, shape, "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", y, "y");
    run(y, dy, dx, ws, par);
  }

  private void run(Tensor src, Tensor dy, Tensor dst, Workspace ws, Parallel par) {
    ws.require(workspace(), par.workers());
    if (shape.size() == 0) {
      return;
    }
    try (Call call = calls.take()) {
      call.src = src;
      call.dy = dy;
      call.dst = dst;
      call.ws = ws;
      int tasks = inner > 1 ? outer * Math.ceilDiv(inner, ROWS) : Math.ceilDiv(outer, ROWS);
      TaskBody task = inner > 1 ? call.columns : call.rows;
      par.forWork(shape.size() * FLOPS_PER_ELEMENT).forEach(tasks, task);
    }
  }

  private final class Call extends CallFrame {
    private Tensor src; // x, or y when backward
    private Tensor dy; // null when forward
    private Tensor dst;
    private Workspace ws;
    private final TaskBody rows = this::rows;
    private final TaskBody columns = this::columns;

    private void rows(int task, int worker) {
      int end = Math.min(outer, (task + 1) * ROWS);
      for (int i = task * ROWS; i < end; i++) {
        int at = i * classes;
        int d = dy == null ? 0 : dy.offset() + at;
        float[] slopes = dy == null ? null : dy.array();
        float[] to = dst.array();
        row(src.array(), src.offset() + at, slopes, d, to, dst.offset() + at, worker);
      }
    }

    private void columns(int task, int worker) {
      int blocks = Math.ceilDiv(inner, ROWS);
      int first = task % blocks * ROWS;
      int width = Math.min(ROWS, inner - first);
      int at = task / blocks * classes * inner + first;
      float[] tile = ws.array();
      int a = ws.workerOffset(worker) + (log ? classes : 0);
      int b = a + ROWS * classes;
      gather.run(src.array(), src.offset() + at, classes, width, tile, a, classes);
      if (dy != null) {
        gather.run(dy.array(), dy.offset() + at, classes, width, tile, b, classes);
      }
      for (int i = 0; i < width; i++) {
        int row = i * classes;
        row(tile, a + row, dy == null ? null : tile, b + row, tile, b + row, worker);
      }
      // The transpose's rows lie inner apart in dst.
      scatter.run(tile, b, width, classes, dst.array(), dst.offset() + at, inner);
    }

    private void row(
        float[] s, int sOff, float[] slopes, int dOff, float[] to, int toOff, int worker) {
      int e = ws.workerOffset(worker);
      SoftmaxRows r = KernelAxisSoftmax.this.rows;
      if (log && slopes == null) {
        r.logSoftmax(s, sOff, to, toOff, ws.array(), e, classes);
      } else if (log) {
        r.logSoftmaxBackward(s, sOff, slopes, dOff, to, toOff, ws.array(), e, classes);
      } else if (slopes == null) {
        r.softmax(s, sOff, r.max(s, sOff, classes), to, toOff, classes);
      } else {
        SoftmaxRows.softmaxBackward(s, sOff, slopes, dOff, to, toOff, classes);
      }
    }

    @Override
    protected void clear() {
      src = null;
      dy = null;
      dst = null;
      ws = null;
    }
  }
}
