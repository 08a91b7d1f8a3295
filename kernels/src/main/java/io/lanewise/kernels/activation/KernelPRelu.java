package io.lanewise.kernels.activation;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairKernels;
import io.lanewise.kernels.micro.PairStep;
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
 * {@link PRelu} block by block, each beside a block of its elements' slopes: of channels last,
 * whole pixels, so that one block of slopes serves all; of channels first, a part of one channel's
 * plane.
 *
 * <p>Gradients of slopes: a task's are kept in shared scratch memory as a row of channels, and the
 * rows added in float64. A task is an image's channel, or {@value #BLOCKS} blocks of pixels.
 */
public final class KernelPRelu implements PRelu {
  private static final int BLOCK = 1024;
  private static final int BLOCKS = 16;
  private static final long FLOPS_PER_ELEMENT = 6;

  private final Shape shape;
  private final Layout layout;
  private final int slopes;
  private final boolean pixels; // channels lie next to each other
  private final int block;
  private final int task; // elements
  private final int tasks;
  private final int rows; // of partial gradients
  private final WorkspaceSpec workspace;
  private final PairKernels pairs;
  private final ElementwiseKernels elements;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /** Plans it; throws as {@link PRelu#requireSlopes}. */
  public KernelPRelu(Shape shape, Layout layout, int slopes, Target target) {
    PRelu.requireSlopes(shape, layout, slopes);
    KernelSet kernels = target.kernels();
    this.shape = shape;
    this.layout = layout;
    this.slopes = slopes;
    this.pairs = kernels.pairs();
    this.elements = kernels.elementwise();
    int size = shape.size();
    this.pixels = layout == Layout.CHANNELS_LAST && slopes > 1;
    this.block = pixels ? Math.max(1, BLOCK / slopes) * slopes : BLOCK;
    int planes = slopes == 1 || pixels ? 0 : shape.dim(0) * slopes;
    this.task = planes > 0 ? Math.max(1, size / planes) : block * BLOCKS;
    this.tasks = Math.ceilDiv(size, task);
    this.rows = planes > 0 ? Math.ceilDiv(tasks, slopes) : tasks;
    this.workspace = new WorkspaceSpec((long) rows * slopes, 2L * block);
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
  public int slopes() {
    return slopes;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void forward(Tensor x, Tensor slope, Tensor y, Workspace ws, Parallel par) {
    PRelu.requireForward(this, x, slope, y);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.x = x;
      call.slope = slope;
      call.out = y;
      call.ws = ws;
      par.forWork(shape.size() * FLOPS_PER_ELEMENT).forEach(tasks, call.part);
    }
  }

  @Override
  public void backward(
      Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dslope, Workspace ws, Parallel par) {
    PRelu.requireBackward(this, x, slope, dy, dx, dslope);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.x = x;
      call.slope = slope;
      call.dy = dy;
      call.out = dx;
      call.ws = ws;
      par.forWork(shape.size() * FLOPS_PER_ELEMENT).forEach(tasks, call.part);
    }
    for (int c = 0; c < slopes; c++) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += ws.array()[ws.sharedOffset() + row * slopes + c];
      }
      dslope.array()[dslope.offset() + c] += (float) sum;
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor slope;
    private Tensor dy; // null when forward
    private Tensor out;
    private Workspace ws;
    private final TaskBody part = this::part;

    private void part(int index, int worker) {
      int s = ws.workerOffset(worker);
      int end = Math.min(shape.size(), (index + 1) * task);
      slopes(index, s, Math.min(block, end - index * task));
      double sum = 0;
      if (dy != null && pixels) {
        int row = ws.sharedOffset() + index * slopes;
        Arrays.fill(ws.array(), row, row + slopes, 0);
      }
      for (int i = index * task; i < end; i += block) {
        int n = Math.min(block, end - i);
        if (dy == null) {
          step(PairStep.LEAKY, x, i, ws.array(), s, out.array(), out.offset() + i, n);
        } else {
          sum += gradient(index, i, s, n);
        }
      }
      if (dy != null && !pixels) {
        ws.array()[ws.sharedOffset() + index] = (float) sum;
      }
    }

    /** A block of slopes. */
    private void slopes(int index, int s, int n) {
      float[] from = slope.array();
      int at = slope.offset();
      if (pixels) {
        for (int i = 0; i < n; i += slopes) {
          System.arraycopy(from, at, ws.array(), s + i, slopes);
        }
      } else {
        Arrays.fill(ws.array(), s, s + n, from[at + (slopes == 1 ? 0 : index % slopes)]);
      }
    }

    private double gradient(int index, int i, int s, int n) {
      float[] scratch = ws.array();
      int t = s + block;
      step(PairStep.WHERE_NOT_POSITIVE, x, i, dy.array(), dy.offset() + i, scratch, t, n);
      double sum = 0;
      if (pixels) {
        int row = ws.sharedOffset() + index * slopes;
        for (int j = 0; j < n; j += slopes) {
          elements.add(scratch, t + j, scratch, row, slopes);
        }
      } else {
        sum = elements.sum(scratch, t, n);
      }
      step(PairStep.LEAKY_SLOPE, x, i, scratch, s, scratch, t, n);
      pairs.run(
          PairStep.MULTIPLY,
          0,
          0,
          scratch,
          t,
          dy.array(),
          dy.offset() + i,
          out.array(),
          out.offset() + i,
          n);
      return sum;
    }

    private void step(
        PairStep step, Tensor a, int i, float[] b, int bOff, float[] dst, int dstOff, int n) {
      pairs.run(step, 0, 0, a.array(), a.offset() + i, b, bOff, dst, dstOff, n);
    }

    @Override
    protected void clear() {
      x = null;
      slope = null;
      dy = null;
      out = null;
      ws = null;
    }
  }
}
