package io.lanewise.kernels.loss;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * A loss over classes row by row, a task being {@value #ROWS} of them. Rows of [n][classes].. are
 * columns of matrices [classes][positions]: those of a task are transposed into scratch memory, and
 * gradients back. Terms are added in float64, those of a task first.
 */
final class ClassRows {
  private static final int ROWS = 16;
  private static final long FLOPS_PER_ELEMENT = 20;

  private final Shape shape;
  private final Reduction reduction;
  private final RowFormula formula;
  private final int passOver;
  private final int outer;
  private final int classes;
  private final int inner;
  private final int tasks;
  private final TransposeKernel gather; // from [classes][inner]
  private final TransposeKernel scatter; // from [ROWS][classes]
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  ClassRows(
      Shape shape, LabelOptions options, Reduction reduction, RowFormula formula, KernelSet set) {
    options.require(shape);
    this.shape = shape;
    this.reduction = Objects.requireNonNull(reduction, "reduction");
    this.formula = formula;
    this.passOver = options.passOver();
    this.classes = shape.dim(1);
    int positions = LossArguments.plane(shape);
    boolean rows = options.layout() == Layout.CHANNELS_LAST;
    this.inner = rows ? 1 : positions;
    this.outer = shape.size() == 0 ? 0 : rows ? shape.dim(0) * positions : shape.dim(0);
    this.tasks = inner > 1 ? outer * Math.ceilDiv(inner, ROWS) : Math.ceilDiv(outer, ROWS);
    this.gather = set.transpose(inner);
    this.scatter = set.transpose(classes);
    long shared = reduction == Reduction.NONE ? 0 : LossSums.floats(tasks);
    this.workspace = new WorkspaceSpec(shared, classes + (inner > 1 ? 2L * ROWS * classes : 0));
  }

  WorkspaceSpec workspace() {
    return workspace;
  }

  /**
   * Computes loss or gradient.
   *
   * @param labels null if there are targets
   * @param target null if there are labels
   * @param dloss null when forward
   * @param divisor of a mean
   * @param out loss, or dx
   */
  void run(
      Tensor x,
      int[] labels,
      Tensor target,
      Tensor dloss,
      double divisor,
      Tensor out,
      Workspace ws,
      Parallel par) {
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.x = x;
      call.labels = labels;
      call.target = target;
      call.dloss = dloss;
      call.out = out;
      call.ws = ws;
      if (dloss != null && reduction != Reduction.NONE) {
        call.factor = LossSums.factor(dloss, reduction, divisor);
      }
      par.forWork(shape.size() * FLOPS_PER_ELEMENT)
          .forEach(tasks, inner > 1 ? call.columns : call.rows);
    }
    if (dloss == null && reduction != Reduction.NONE) {
      LossSums.write(ws, tasks, reduction == Reduction.SUM ? 1 : divisor, out);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private int[] labels;
    private Tensor target;
    private Tensor dloss;
    private Tensor out;
    private Workspace ws;
    private double factor;
    private final TaskBody rows = this::rows;
    private final TaskBody columns = this::columns;

    private void rows(int task, int worker) {
      int end = Math.min(outer, (task + 1) * ROWS);
      int scratch = ws.workerOffset(worker);
      double sum = 0;
      for (int i = task * ROWS; i < end; i++) {
        int at = i * classes;
        float[] t = target == null ? null : target.array();
        int tOff = target == null ? 0 : target.offset() + at;
        if (dloss == null) {
          sum += term(i, x.array(), x.offset() + at, t, tOff, scratch);
        } else {
          float[] dx = out.array();
          slope(i, x.array(), x.offset() + at, t, tOff, scratch, dx, out.offset() + at);
        }
      }
      keep(task, sum);
    }

    private void columns(int task, int worker) {
      int blocks = Math.ceilDiv(inner, ROWS);
      int first = task % blocks * ROWS;
      int width = Math.min(ROWS, inner - first);
      int img = task / blocks;
      int at = img * classes * inner + first;
      float[] s = ws.array();
      int e = ws.workerOffset(worker);
      int a = e + classes;
      int b = a + ROWS * classes;
      gather.run(x.array(), x.offset() + at, classes, width, s, a, classes);
      if (target != null) {
        gather.run(target.array(), target.offset() + at, classes, width, s, b, classes);
      }
      float[] t = target == null ? null : s;
      double sum = 0;
      for (int i = 0; i < width; i++) {
        int row = img * inner + first + i;
        int from = i * classes;
        if (dloss == null) {
          sum += term(row, s, a + from, t, b + from, e);
        } else {
          slope(row, s, a + from, t, b + from, e, s, a + from);
        }
      }
      if (dloss != null) {
        // The transpose's rows lie inner apart in dx.
        scatter.run(s, a, width, classes, out.array(), out.offset() + at, inner);
      }
      keep(task, sum);
    }

    private double term(int row, float[] from, int xOff, float[] t, int tOff, int e) {
      boolean counts = labels == null || labels[row] != passOver;
      int label = labels == null ? 0 : labels[row];
      double term = counts ? formula.loss(from, xOff, label, t, tOff, ws.array(), e) : 0;
      if (reduction == Reduction.NONE) {
        out.array()[out.offset() + row] = (float) term;
      }
      return term;
    }

    private void slope(
        int row, float[] from, int xOff, float[] t, int tOff, int e, float[] dx, int dxOff) {
      int label = labels == null ? 0 : labels[row];
      if (labels != null && label == passOver) {
        Arrays.fill(dx, dxOff, dxOff + classes, 0);
        return;
      }
      double by = reduction == Reduction.NONE ? dloss.array()[dloss.offset() + row] : this.factor;
      formula.slope(from, xOff, label, t, tOff, by, ws.array(), e, dx, dxOff);
    }

    private void keep(int task, double sum) {
      if (dloss == null && reduction != Reduction.NONE) {
        LossSums.put(ws, task, sum);
      }
    }

    @Override
    protected void clear() {
      x = null;
      labels = null;
      target = null;
      dloss = null;
      out = null;
      ws = null;
    }
  }
}
