package io.lanewise.kernels.norm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.NormLines;
import io.lanewise.kernels.micro.NormSums;
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
 * {@link Norm} of rows, with a gamma and a beta for each element of a row: a row's sums and its
 * outputs while it is in cache. A task is some rows; for the gradients of gamma and beta it is
 * {@value #BLOCK} columns of all rows, in order.
 */
final class KernelRowNorm implements Norm {
  private static final int TASK = 1 << 13;
  private static final int BLOCK = 512;
  private static final long FLOPS_PER_ELEMENT = 8;

  private final Shape shape;
  private final Shape parameters;
  private final Shape statistics;
  private final NormRule rule;
  private final int rows;
  private final int length;
  private final int taskRows;
  private final NormSums sums;
  private final NormLines lines;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelRowNorm(Shape shape, int axis, NormRule rule, Target target) {
    this.shape = shape;
    this.parameters = NormShapes.part(shape, axis, shape.rank());
    this.statistics = NormShapes.part(shape, 0, axis);
    this.rule = rule;
    this.length = parameters.size();
    this.rows = shape.size() == 0 ? 0 : statistics.size();
    this.taskRows = Math.max(1, TASK / Math.max(1, length));
    this.sums = target.kernels().normSums();
    this.lines = target.kernels().normLines();
    this.workspace = new WorkspaceSpec(2L * length, 0);
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
  public Shape parameters() {
    return parameters;
  }

  @Override
  public Shape statistics() {
    return statistics;
  }

  @Override
  public boolean isCentred() {
    return rule.isCentred();
  }

  /** Ones and zeros for a gamma or a beta that is null. */
  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  private int tasks() {
    return Math.ceilDiv(rows, taskRows);
  }

  @Override
  public void forward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor y,
      Tensor mean,
      Tensor r,
      Workspace ws,
      Parallel par) {
    Norm.checkForward(this, x, gamma, beta, y, mean, r);
    ws.require(workspace(), par.workers());
    if (rows == 0) {
      return;
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.dst = y;
      call.gamma = gamma;
      call.beta = beta;
      call.mean = mean;
      call.r = r;
      call.ws = ws;
      Arrays.fill(ws.array(), ws.sharedOffset(), ws.sharedOffset() + length, 1);
      Arrays.fill(ws.array(), ws.sharedOffset() + length, ws.sharedOffset() + 2 * length, 0);
      par.forWork(x.size() * FLOPS_PER_ELEMENT).forEach(tasks(), call.forward);
    }
  }

  @Override
  public void backward(
      Tensor x,
      Tensor gamma,
      Tensor mean,
      Tensor r,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta,
      Workspace ws,
      Parallel par) {
    Norm.checkBackward(this, x, gamma, mean, r, dy, dx, dgamma, dbeta);
    ws.require(workspace(), par.workers());
    if (rows == 0) {
      return;
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.dst = dx;
      call.gamma = gamma;
      call.mean = mean;
      call.r = r;
      call.dy = dy;
      call.dgamma = dgamma;
      call.dbeta = dbeta;
      Parallel team = par.forWork(x.size() * FLOPS_PER_ELEMENT);
      if (dgamma != null || dbeta != null) {
        team.forEach(Math.ceilDiv(length, BLOCK), call.weights); // before dx overwrites dy or x
      }
      team.forEach(tasks(), call.backward);
    }
  }

  private final class Call extends CallFrame {
    private final double[] rowSums = new double[2 * tasks()];
    private final double[] weightSums = new double[2 * length];
    private Tensor x;
    private Tensor dst; // y or dx
    private Tensor gamma;
    private Tensor beta;
    private Tensor mean;
    private Tensor r;
    private Tensor dy;
    private Tensor dgamma;
    private Tensor dbeta;
    private Workspace ws;
    private final TaskBody forward = this::forward;
    private final TaskBody backward = this::backward;
    private final TaskBody weights = this::weights;

    private int end(int task) {
      return Math.min(rows, (task + 1) * taskRows);
    }

    private void forward(int task, int worker) {
      int s = 2 * task;
      for (int row = task * taskRows; row < end(task); row++) {
        int src = x.offset() + row * length;
        rowSums[s] = 0;
        rowSums[s + 1] = 0;
        sums.moments(x.array(), src, length, rowSums, s);
        float average = (float) rule.mean(rowSums[s], length);
        float scale = (float) rule.scale(rowSums[s], rowSums[s + 1], length);
        if (mean != null) {
          mean.array()[mean.offset() + row] = average;
        }
        if (r != null) {
          r.array()[r.offset() + row] = scale;
        }
        normalise(src, dst.offset() + row * length, average, scale);
      }
    }

    private void normalise(int src, int to, float average, float scale) {
      float[] y = dst.array();
      if (gamma == null && beta == null) {
        float none = Float.POSITIVE_INFINITY;
        lines.affine(x.array(), src, y, to, length, average, scale, 0, -none, none);
        return;
      }
      float[] w = gamma == null ? ws.array() : gamma.array();
      int wOff = gamma == null ? ws.sharedOffset() : gamma.offset();
      float[] b = beta == null ? ws.array() : beta.array();
      int bOff = beta == null ? ws.sharedOffset() + length : beta.offset();
      lines.weighted(x.array(), src, y, to, length, average, scale, w, wOff, b, bOff);
    }

    private float mean(int row) {
      return mean == null ? 0 : mean.array()[mean.offset() + row];
    }

    private void backward(int task, int worker) {
      int s = 2 * task;
      for (int row = task * taskRows; row < end(task); row++) {
        int src = x.offset() + row * length;
        int g = dy.offset() + row * length;
        rowSums[s] = 0;
        rowSums[s + 1] = 0;
        if (gamma == null) {
          sums.slopes(x.array(), src, dy.array(), g, length, rowSums, s);
        } else {
          float[] w = gamma.array();
          int wOff = gamma.offset();
          sums.weightedSlopes(x.array(), src, dy.array(), g, w, wOff, length, rowSums, s);
        }
        differentiate(row, rowSums[s], rowSums[s + 1]);
      }
    }

    private void differentiate(int row, double sum, double dot) {
      float average = mean(row);
      float scale = r.array()[r.offset() + row];
      float b = (float) rule.pull(scale, dot - average * sum, length);
      float c = rule.isCentred() ? (float) (-scale * sum / length) : 0;
      int src = x.offset() + row * length;
      int g = dy.offset() + row * length;
      float[] dx = dst.array();
      int to = dst.offset() + row * length;
      if (gamma == null) {
        lines.gradient(x.array(), src, dy.array(), g, dx, to, length, average, b, scale, c);
      } else {
        float[] w = gamma.array();
        int wOff = gamma.offset();
        lines.weightedGradient(
            x.array(), src, dy.array(), g, w, wOff, dx, to, length, average, b, scale, c);
      }
    }

    private void weights(int task, int worker) {
      int first = task * BLOCK;
      int n = Math.min(BLOCK, length - first);
      Arrays.fill(weightSums, first, first + n, 0);
      Arrays.fill(weightSums, length + first, length + first + n, 0);
      for (int row = 0; row < rows; row++) {
        int at = row * length + first;
        sums.elementSlopes(
            x.array(),
            x.offset() + at,
            dy.array(),
            dy.offset() + at,
            n,
            mean(row),
            r.array()[r.offset() + row],
            weightSums,
            first,
            length + first);
      }
      add(dbeta, first, n, first);
      add(dgamma, first, n, length + first);
    }

    private void add(Tensor t, int first, int n, int from) {
      if (t != null) {
        for (int i = 0; i < n; i++) {
          t.array()[t.offset() + first + i] += (float) weightSums[from + i];
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      dst = null;
      gamma = null;
      beta = null;
      mean = null;
      r = null;
      dy = null;
      dgamma = null;
      dbeta = null;
      ws = null;
    }
  }
}
