package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.DepthwiseKernel;
import io.lanewise.kernels.micro.ElementwiseKernels;
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
 * ky,kx of w[ky][kx][o] · x[iy][ix][o / multiplier]. A task takes some rows of one image, a piece
 * of a row at a time that stays in L1 over all rows of the window. Bound by memory: nothing is
 * copied, taps outside the image are left out. With a multiplier the rows that a task reads are
 * widened first, each channel as often as it has filters.
 */
final class DepthwiseForward implements ForwardCore {
  static final String NAME = "depthwise";

  private static final int PIECE_FLOATS = 4096;
  private static final int TASK_FLOATS = 1 << 16;

  private final ConvShape shape;
  private final DepthwiseKernel kernel;
  private final ElementwiseKernels elementwise;
  private final int multiplier;
  private final int oh;
  private final int ow;
  private final int taskRows;
  private final int taskCount; // of an image
  private final int pieceOutputs;
  private final int inputRows; // that a task reads at most
  private final int insideAll; // outputs from here
  private final int endAll; // to here have all taps of a row inside
  private final float[] noBias;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  DepthwiseForward(ConvShape shape, Target target) {
    this.shape = shape;
    this.kernel = target.kernels().depthwise();
    this.elementwise = target.kernels().elementwise();
    this.multiplier = shape.ocg();
    this.oh = shape.oh();
    this.ow = shape.ow();
    this.taskRows = Math.clamp(TASK_FLOATS / ((long) ow * shape.oc()), 1, oh);
    this.taskCount = Math.ceilDiv(oh, taskRows);
    this.pieceOutputs = Math.max(4, PIECE_FLOATS / shape.oc() / 4 * 4);
    int reach = Window.extent(shape.kh(), shape.dilationH());
    this.inputRows = Math.min(shape.ih(), (taskRows - 1) * shape.strideH() + reach);
    int first = -shape.padding().left();
    int last = first + (shape.kw() - 1) * shape.dilationW();
    this.insideAll = Window.firstInside(first, shape.strideW(), ow);
    this.endAll = Math.max(insideAll, Window.endInside(last, shape.strideW(), shape.iw(), ow));
    this.noBias = new float[shape.oc()];
    this.workspace =
        multiplier == 1
            ? WorkspaceSpec.NONE
            : new WorkspaceSpec(0, (long) inputRows * shape.iw() * shape.oc());
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
      float[] y,
      int yOff,
      Workspace ws,
      int sharedOff,
      Parallel par) {
    try (Call call = calls.take()) {
      call.x = x;
      call.xOff = xOff;
      call.w = w;
      call.epilogue = epilogue;
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
    private Epilogue epilogue;
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
      for (int oy = oy0; oy < oy1; oy++) {
        row(oy, from, fromOff, yOff + (img * oh + oy) * ow * shape.oc());
      }
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

    /** One output row; {@code src} has oc channels a pixel. */
    private void row(int oy, float[] src, int srcOff, int yRow) {
      int top = oy * shape.strideH() - shape.padding().top();
      int ky0 = Window.firstInside(top, shape.dilationH(), shape.kh());
      int ky1 = Math.max(ky0, Window.endInside(top, shape.dilationH(), shape.ih(), shape.kh()));
      border(0, Math.min(insideAll, ow), top, ky0, ky1, src, srcOff, yRow);
      for (int ox = insideAll; ox < endAll; ox += pieceOutputs) {
        int here = Math.min(pieceOutputs, endAll - ox);
        outputs(ox, here, 0, shape.kw(), top, ky0, ky1, src, srcOff, yRow);
      }
      border(endAll, ow, top, ky0, ky1, src, srcOff, yRow);
      if (epilogue.clamps()) {
        elementwise.clamp(y, yRow, ow * shape.oc(), epilogue.min(), epilogue.max());
      }
    }

    /** Outputs some of whose taps are outside, one by one. */
    private void border(
        int from, int to, int top, int ky0, int ky1, float[] src, int srcOff, int yRow) {
      for (int ox = from; ox < to; ox++) {
        int left = ox * shape.strideW() - shape.padding().left();
        int kx0 = Window.firstInside(left, shape.dilationW(), shape.kw());
        int kx1 = Window.endInside(left, shape.dilationW(), shape.iw(), shape.kw());
        outputs(ox, 1, kx0, kx1 - kx0, top, ky0, ky1, src, srcOff, yRow);
      }
    }

    /** {@code count} outputs by the taps [ky0, ky1) x [kx0, kx0 + taps). */
    private void outputs(
        int ox,
        int count,
        int kx0,
        int taps,
        int top,
        int ky0,
        int ky1,
        float[] src,
        int srcOff,
        int yRow) {
      int oc = shape.oc();
      int to = yRow + ox * oc;
      if (ky0 == ky1 || taps <= 0) { // the window lies in the padding
        for (int i = 0; i < count; i++) {
          System.arraycopy(bias, biasOff, y, to + i * oc, oc);
        }
        return;
      }
      int left = ox * shape.strideW() - shape.padding().left() + kx0 * shape.dilationW();
      for (int ky = ky0; ky < ky1; ky++) {
        boolean first = ky == ky0;
        kernel.run(
            taps,
            count,
            oc,
            src,
            srcOff + ((top + ky * shape.dilationH()) * shape.iw() + left) * oc,
            shape.strideW() * oc,
            shape.dilationW() * oc,
            w,
            (ky * shape.kw() + kx0) * oc,
            oc,
            first ? bias : y,
            first ? biasOff : to,
            first ? 0 : oc,
            y,
            to,
            oc);
      }
    }

    @Override
    protected void clear() {
      x = null;
      w = null;
      epilogue = null;
      bias = null;
      y = null;
      ws = null;
    }
  }
}
