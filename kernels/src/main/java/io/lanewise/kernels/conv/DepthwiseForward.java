package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Depthwise convolution on channels-last images, any multiplier: y[oy][ox][o] = bias[o] + Σ over
 * ky,kx of w[ky][kx][o] · x[iy][ix][o / multiplier]. A task takes some rows of one image. With a
 * multiplier the rows that it reads are widened first, each channel as often as it has filters.
 * Sums that wait for a residual do so in the worker's own memory.
 */
final class DepthwiseForward implements ForwardCore {
  static final String NAME = "depthwise";

  private final ConvShape shape;
  private final DepthwisePass pass;
  private final Ending ending;
  private final int multiplier;
  private final int oh;
  private final int ow;
  private final DepthwiseTasks tasks; // of an image
  private final int inputRows; // that a task reads at most
  private final int widened; // floats of a worker's widened rows; then come sums
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  DepthwiseForward(ConvShape shape, Target target) {
    this.shape = shape;
    this.ending = new Ending(target.kernels());
    this.multiplier = shape.ocg();
    this.oh = shape.oh();
    this.ow = shape.ow();
    int oc = shape.oc();
    this.pass = DepthwisePass.forward(shape, target.kernels().depthwise());
    this.tasks = DepthwiseTasks.of(oh, pass.insideTop(), (long) ow * oc);
    int reach = Window.extent(shape.kh(), shape.dilationH());
    this.inputRows = Math.min(shape.ih(), (tasks.most() - 1) * shape.strideH() + reach);
    this.widened = multiplier == 1 ? 0 : Math.multiplyExact(inputRows, shape.iw() * oc);
    this.workspace =
        new WorkspaceSpec(oc + DepthwisePass.WRAP, widened + (long) tasks.most() * ow * oc);
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public String algorithm() {
    return NAME;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public String layout() {
    return DepthwiseWeights.layout(shape);
  }

  @Override
  public long packedFloats() {
    return DepthwiseWeights.floats(shape);
  }

  @Override
  public void pack(Tensor w, float[] packed) {
    DepthwiseWeights.pack(shape, w, packed);
  }

  @Override
  public void run(
      float[] x,
      int xOff,
      float[] w,
      Epilogue epilogue,
      float[] r,
      int rOff,
      float[] y,
      int yOff,
      Workspace ws,
      int sharedOff,
      Parallel par) {
    try (Call call = calls.take()) {
      call.x = x;
      call.xOff = xOff;
      call.w = w;
      call.activation = epilogue.activation();
      call.r = r;
      call.rOff = rOff;
      call.start = sharedOff;
      call.y = y;
      call.yOff = yOff;
      call.ws = ws;
      call.fillStart(epilogue.bias());
      par.forWork(shape.flops()).forEach(shape.n() * tasks.count(), call.rows);
    }
  }

  private final class Call extends CallFrame {
    private float[] x;
    private int xOff;
    private float[] w;
    private Activation activation;
    private float[] r;
    private int rOff;
    private int start; // the bias, or zeros, in the workspace
    private float[] y;
    private int yOff;
    private Workspace ws;
    private final TaskBody rows = this::rows;

    private void fillStart(Tensor bias) {
      float[] dst = ws.array();
      for (int c = 0; c < shape.oc() + DepthwisePass.WRAP; c++) {
        dst[start + c] = bias == null ? 0f : bias.array()[bias.offset() + c % shape.oc()];
      }
    }

    private void rows(int task, int worker) {
      int img = task / tasks.count();
      int oy0 = tasks.from(task % tasks.count());
      int oy1 = tasks.end(task % tasks.count());
      int image = xOff + img * shape.ih() * shape.iw() * shape.ic();
      float[] from = x;
      int fromOff = image;
      if (multiplier > 1) {
        int top = Math.max(0, oy0 * shape.strideH() - shape.padding().top());
        from = ws.array();
        fromOff = ws.workerOffset(worker) - top * shape.iw() * shape.oc();
        widen(image, top, Math.min(shape.ih(), top + inputRows), from, ws.workerOffset(worker));
      }
      int line = ow * shape.oc();
      int image0 = img * oh * line;
      float[] sums = y;
      int sumsOff = yOff + image0;
      if (r != null) {
        sums = ws.array();
        sumsOff = ws.workerOffset(worker) + widened - oy0 * line;
      }
      pass.run(oy0, oy1, from, fromOff, w, ws.array(), start, sums, sumsOff);
      int at = image0 + oy0 * line;
      int first = sumsOff + oy0 * line;
      int count = (oy1 - oy0) * line;
      ending.run(activation, 1, count, r, rOff + at, sums, first, count, y, yOff + at, count);
    }

    /** Rows [top, end) with each channel as often as it has filters. */
    private void widen(int image, int top, int end, float[] dst, int dstOff) {
      int src = image + top * shape.iw() * shape.ic();
      int count = (end - top) * shape.iw() * shape.ic();
      int to = dstOff;
      for (int i = 0; i < count; i++) {
        float value = x[src + i];
        for (int j = 0; j < multiplier; j++) {
          dst[to++] = value;
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      w = null;
      activation = null;
      r = null;
      y = null;
      ws = null;
    }
  }
}
