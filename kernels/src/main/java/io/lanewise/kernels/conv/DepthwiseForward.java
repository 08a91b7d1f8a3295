package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.DepthwiseKernel;
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
 * ky,kx of w[ky][kx][o] · x[iy][ix][o / multiplier]. A task takes some rows of one image, a block
 * of channels and a piece of columns at a time, whose inputs stay in L1 from row to row. Nothing is
 * copied, taps outside the image are left out. With a multiplier the rows that a task reads are
 * widened first, each channel as often as it has filters. Sums that wait for a residual do so in
 * the worker's own memory.
 */
final class DepthwiseForward implements ForwardCore {
  static final String NAME = "depthwise";

  private static final int BLOCK_CHANNELS = 128;
  private static final int BLOCK_FLOATS = 6144; // of the input rows that a piece of outputs reads
  private static final int TASK_FLOATS = 1 << 16;

  private final ConvShape shape;
  private final DepthwiseKernel kernel;
  private final Ending ending;
  private final int multiplier;
  private final int oh;
  private final int ow;
  private final int taskRows;
  private final int taskCount; // of an image
  private final int pieceOutputs;
  private final int inputRows; // that a task reads at most
  private final int insideAll; // outputs from here
  private final int endAll; // to here have all taps of a row inside
  private final int widened; // floats of a worker's widened rows; then come sums
  private final float[] noBias;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  DepthwiseForward(ConvShape shape, Target target) {
    this.shape = shape;
    this.kernel = target.kernels().depthwise();
    this.ending = new Ending(target.kernels());
    this.multiplier = shape.ocg();
    this.oh = shape.oh();
    this.ow = shape.ow();
    this.taskRows = Math.clamp(TASK_FLOATS / ((long) ow * shape.oc()), 1, oh);
    this.taskCount = Math.ceilDiv(oh, taskRows);
    int reach = Window.extent(shape.kh(), shape.dilationH());
    int inputs = BLOCK_FLOATS / Math.min(shape.oc(), BLOCK_CHANNELS) / (shape.kh() + 1);
    this.pieceOutputs = Math.max(4, (inputs / shape.strideW() - 2) / 4 * 4);
    this.inputRows = Math.min(shape.ih(), (taskRows - 1) * shape.strideH() + reach);
    int first = -shape.padding().left();
    int last = first + (shape.kw() - 1) * shape.dilationW();
    this.insideAll = Window.firstInside(first, shape.strideW(), ow);
    this.endAll = Math.max(insideAll, Window.endInside(last, shape.strideW(), shape.iw(), ow));
    this.noBias = new float[shape.oc()];
    this.widened = multiplier == 1 ? 0 : Math.multiplyExact(inputRows, shape.iw() * shape.oc());
    this.workspace = new WorkspaceSpec(0, widened + (long) taskRows * ow * shape.oc());
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
    return "conv-depthwise w" + shape.w();
  }

  @Override
  public long packedFloats() {
    return shape.w().size();
  }

  /** packed: [kh][kw][oc]. */
  @Override
  public void pack(Tensor w, float[] packed) {
    int area = shape.kh() * shape.kw();
    for (int o = 0; o < shape.oc(); o++) {
      for (int tap = 0; tap < area; tap++) {
        packed[tap * shape.oc() + o] = w.array()[w.offset() + o * area + tap];
      }
    }
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
      call.bias = epilogue.bias() == null ? noBias : epilogue.bias().array();
      call.biasOff = epilogue.bias() == null ? 0 : epilogue.bias().offset();
      call.y = y;
      call.yOff = yOff;
      call.ws = ws;
      par.forWork(shape.flops()).forEach(shape.n() * taskCount, call.rows);
    }
  }

  private final class Call extends CallFrame {
    private float[] x;
    private int xOff;
    private float[] w;
    private Activation activation;
    private float[] r;
    private int rOff;
    private float[] bias;
    private int biasOff;
    private float[] y;
    private int yOff;
    private Workspace ws;
    private final TaskBody rows = this::rows;

    private void rows(int task, int worker) {
      int img = task / taskCount;
      int oy0 = task % taskCount * taskRows;
      int oy1 = Math.min(oh, oy0 + taskRows);
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
      for (int c0 = 0; c0 < shape.oc(); c0 += BLOCK_CHANNELS) {
        channelBlock(oy0, oy1, c0, from, fromOff + c0, sums, sumsOff + c0);
      }
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

    /**
     * Some rows of a block of channels, a piece of columns after the other, so that the inputs that
     * rows share are still in L1. {@code src} and {@code dst} have oc channels a pixel.
     */
    private void channelBlock(
        int oy0, int oy1, int c0, float[] src, int srcOff, float[] dst, int to) {
      int channels = Math.min(BLOCK_CHANNELS, shape.oc() - c0);
      for (int oy = oy0; oy < oy1; oy++) {
        border(oy, 0, insideAll, c0, channels, src, srcOff, dst, to);
        border(oy, endAll, ow, c0, channels, src, srcOff, dst, to);
      }
      for (int ox = insideAll; ox < endAll; ox += pieceOutputs) {
        int count = Math.min(pieceOutputs, endAll - ox);
        for (int oy = oy0; oy < oy1; oy++) {
          outputs(oy, ox, count, 0, shape.kw(), c0, channels, src, srcOff, dst, to);
        }
      }
    }

    /** Outputs some of whose taps are outside, one by one. */
    private void border(
        int oy,
        int from,
        int end,
        int c0,
        int channels,
        float[] src,
        int srcOff,
        float[] dst,
        int to) {
      for (int ox = from; ox < end; ox++) {
        int left = ox * shape.strideW() - shape.padding().left();
        int kx0 = Window.firstInside(left, shape.dilationW(), shape.kw());
        int kx1 = Window.endInside(left, shape.dilationW(), shape.iw(), shape.kw());
        outputs(oy, ox, 1, kx0, kx1 - kx0, c0, channels, src, srcOff, dst, to);
      }
    }

    /** {@code count} outputs of a row by the taps [kx0, kx0 + taps) of the rows that are inside. */
    private void outputs(
        int oy,
        int ox,
        int count,
        int kx0,
        int taps,
        int c0,
        int channels,
        float[] src,
        int srcOff,
        float[] dst,
        int image) {
      int oc = shape.oc();
      int to = image + (oy * ow + ox) * oc;
      int top = oy * shape.strideH() - shape.padding().top();
      int ky0 = Window.firstInside(top, shape.dilationH(), shape.kh());
      int ky1 = Window.endInside(top, shape.dilationH(), shape.ih(), shape.kh());
      if (ky0 >= ky1 || taps <= 0) { // the window lies in the padding
        for (int i = 0; i < count; i++) {
          System.arraycopy(bias, biasOff + c0, dst, to + i * oc, channels);
        }
        return;
      }
      int left = ox * shape.strideW() - shape.padding().left() + kx0 * shape.dilationW();
      kernel.run(
          ky1 - ky0,
          taps,
          count,
          channels,
          src,
          srcOff + ((top + ky0 * shape.dilationH()) * shape.iw() + left) * oc,
          shape.dilationH() * shape.iw() * oc,
          shape.strideW() * oc,
          shape.dilationW() * oc,
          w,
          (ky0 * shape.kw() + kx0) * oc + c0,
          shape.kw() * oc,
          oc,
          bias,
          biasOff + c0,
          0,
          dst,
          to,
          oc);
    }

    @Override
    protected void clear() {
      x = null;
      w = null;
      activation = null;
      r = null;
      bias = null;
      y = null;
      ws = null;
    }
  }
}
