package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The input gradient of channels-last images as a matrix product and a scatter: drows[pixels][taps]
 * = dy[pixels][ocg] · wᵀ, each element of which is then added to the input that its tap read. The
 * channels-last counterpart of {@link Col2imBackwardData}, for every shape.
 *
 * <p>A task takes a few channels of one image, and its pixels in order, in blocks. So each input
 * collects its terms in the order of the pixels whatever the blocks.
 */
final class Row2imBackwardData implements EndedBackwardData {
  static final String NAME = "row2im";

  private static final int BLOCK_TAPS = 1024;
  private static final int BLOCK_FLOATS = 1 << 16; // of drows

  private final ConvShape shape;
  private final ConvArguments arguments;
  private final MacroKernel macro;
  private final ElementwiseKernels elementwise;
  private final Ending ending;
  private final int nr;
  private final int area;
  private final int pixels;
  private final int oh;
  private final int ow;
  private final int channels; // of a task
  private final int channelBlocks;
  private final int blockPixels;
  private final long blockFloats; // of packed weights
  private final float[] zeros;
  private final String packedLayout;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  Row2imBackwardData(ConvShape shape, Target target) {
    GemmBlocking blocking = GemmBlocking.of(target.kernels().gemm(), target.machine());
    this.shape = shape;
    this.arguments = new ConvArguments(shape, Layout.CHANNELS_LAST);
    this.macro = new MacroKernel(target.kernels().gemm(), blocking.kc());
    this.elementwise = target.kernels().elementwise();
    this.ending = new Ending(target.kernels());
    this.nr = blocking.nr();
    this.area = shape.area();
    this.ow = shape.ow();
    this.oh = shape.oh();
    this.pixels = shape.yPixels();
    int wanted = Math.ceilDiv(shape.reduction(), BLOCK_TAPS);
    int each = GemmBlocking.roundUp(Math.ceilDiv(shape.icg(), wanted), 16);
    this.channels = Math.min(shape.icg(), each);
    this.channelBlocks = Math.ceilDiv(shape.icg(), channels);
    int taps = channels * area;
    this.blockPixels = Math.clamp(BLOCK_FLOATS / (8L * taps) * 8, 8, Math.max(8, pixels));
    this.blockFloats = (long) GemmBlocking.roundUp(taps, nr) * shape.ocg();
    this.zeros = new float[taps];
    this.packedLayout =
        "conv-row2im nr" + nr + " g" + shape.groups() + " block" + channels + " w" + shape.w();
    this.workspace = new WorkspaceSpec(0, macro.scratchFloats() + (long) blockPixels * taps);
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return Layout.CHANNELS_LAST;
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
  public PackedWeights newWeights() {
    return new PackedWeights(packedLayout, (long) shape.groups() * channelBlocks * blockFloats);
  }

  /** packed: [groups][blocks of channels][ceil(taps / nr)][ocg][nr], tap = (kz, ky, kx, c). */
  @Override
  public void pack(Tensor w, PackedWeights packed) {
    arguments.checkWeights(w);
    packed.require(packedLayout);
    float[] dst = packed.data();
    Arrays.fill(dst, 0f);
    int ocg = shape.ocg();
    for (int o = 0; o < shape.oc(); o++) {
      for (int c = 0; c < shape.icg(); c++) {
        int block = o / ocg * channelBlocks + c / channels;
        int here = Math.min(channels, shape.icg() - c / channels * channels);
        int from = w.offset() + (o * shape.icg() + c) * area;
        for (int tap = 0; tap < area; tap++) {
          int lane = tap * here + c % channels;
          int to = (int) (block * blockFloats) + lane / nr * nr * ocg + o % ocg * nr + lane % nr;
          dst[to] = w.array()[from + tap];
        }
      }
    }
  }

  @Override
  public void run(
      Tensor dy, PackedWeights w, Epilogue epilogue, Tensor dx, Workspace ws, Parallel par) {
    arguments.checkBackwardData(dy, dx);
    w.require(packedLayout);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.dy = dy;
      call.w = w;
      call.epilogue = epilogue;
      call.dx = dx;
      call.ws = ws;
      int tasks = shape.n() * shape.groups() * channelBlocks;
      par.forWork(shape.flops()).forEach(tasks, call.channelBlock);
    }
  }

  /**
   * Rows of dx, over all planes, that the windows of the pixels from {@code pixel} do not reach.
   */
  private int completeRows(int pixel) {
    int rows = shape.id() * shape.ih();
    if (pixel >= pixels) {
      return rows;
    }
    int line = pixel / ow;
    int iz = line / oh * shape.strideD() - shape.padding().front();
    int iy = line % oh * shape.strideH() - shape.padding().top();
    return iz < 0
        ? 0
        : (int) Math.min(rows, (long) iz * shape.ih() + Math.clamp(iy, 0, shape.ih()));
  }

  private final class Call extends CallFrame {
    private Tensor dy;
    private PackedWeights w;
    private Epilogue epilogue;
    private Tensor dx;
    private Workspace ws;
    private final TaskBody channelBlock = this::channelBlock;

    /** A block of channels of one image and group. */
    private void channelBlock(int task, int worker) {
      int img = task / channelBlocks / shape.groups();
      int block = task % (channelBlocks * shape.groups());
      int g = block / channelBlocks;
      int c0 = block % channelBlocks * channels;
      int here = Math.min(channels, shape.icg() - c0);
      int image = dx.offset() + img * shape.xPixels() * shape.ic();
      int channel0 = image + g * shape.icg() + c0;
      start(channel0, g * shape.icg() + c0, here);
      int ended = 0; // rows of dx
      int tile = ws.workerOffset(worker);
      int drows = tile + macro.scratchFloats();
      int taps = here * area;
      for (int p = 0; p < pixels; p += blockPixels) {
        int count = Math.min(blockPixels, pixels - p);
        macro.run(
            count,
            taps,
            shape.ocg(),
            dy.array(),
            dy.offset() + (img * pixels + p) * shape.oc() + g * shape.ocg(),
            shape.oc(),
            w.data(),
            (int) (block * blockFloats),
            shape.ocg() * nr,
            zeros,
            0,
            0,
            ws.array(),
            drows,
            taps,
            ws.array(),
            tile);
        for (int i = 0; i < count; i++) {
          scatter(p + i, drows + i * taps, here, channel0);
        }
        int complete = completeRows(p + count);
        end(ended, complete, channel0, here);
        ended = complete;
      }
    }

    /** What the sums of {@code count} channels start from: the bias from {@code c}, or zeros. */
    private void start(int channel0, int c, int count) {
      Tensor bias = epilogue.bias();
      float[] from = bias == null ? zeros : bias.array();
      int at = bias == null ? 0 : bias.offset() + c;
      int to = channel0;
      for (int i = 0; i < shape.xPixels(); i++) {
        System.arraycopy(from, at, dx.array(), to, count);
        to += shape.ic();
      }
    }

    /** What follows the sums of the rows [from, end) of dx. */
    private void end(int from, int end, int channel0, int count) {
      Tensor residual = epilogue.residual();
      if (residual == null && epilogue.activation().kind() == Activation.Kind.IDENTITY) {
        return;
      }
      int at = channel0 + from * shape.iw() * shape.ic();
      ending.run(
          epilogue.activation(),
          (end - from) * shape.iw(),
          count,
          residual == null ? null : residual.array(),
          residual == null ? 0 : residual.offset() + at - dx.offset(),
          dx.array(),
          at,
          shape.ic(),
          dx.array(),
          at,
          shape.ic());
    }

    /** Adds one pixel's taps, {@code count} channels each, to dx. */
    private void scatter(int pixel, int from, int count, int channel0) {
      int line = pixel / ow;
      int front = line / oh * shape.strideD() - shape.padding().front();
      int top = line % oh * shape.strideH() - shape.padding().top();
      int left = pixel % ow * shape.strideW() - shape.padding().left();
      int kx0 = Window.firstInside(left, shape.dilationW(), shape.kw());
      int kx1 = Window.endInside(left, shape.dilationW(), shape.iw(), shape.kw());
      boolean together = shape.dilationW() == 1 && count == shape.ic();
      for (int row = 0; row < shape.kd() * shape.kh(); row++) {
        int iz = front + row / shape.kh() * shape.dilationD();
        int iy = top + row % shape.kh() * shape.dilationH();
        if (iz < 0 || iz >= shape.id() || iy < 0 || iy >= shape.ih() || kx0 >= kx1) {
          continue;
        }
        int src = from + (row * shape.kw() + kx0) * count;
        int first = (iz * shape.ih() + iy) * shape.iw() + left + kx0 * shape.dilationW();
        int dst = channel0 + first * shape.ic();
        if (together) { // the taps of a row lie side by side
          elementwise.add(ws.array(), src, dx.array(), dst, (kx1 - kx0) * count);
          continue;
        }
        for (int kx = kx0; kx < kx1; kx++) {
          elementwise.add(ws.array(), src, dx.array(), dst, count);
          src += count;
          dst += shape.dilationW() * shape.ic();
        }
      }
    }

    @Override
    protected void clear() {
      dy = null;
      w = null;
      epilogue = null;
      dx = null;
      ws = null;
    }
  }
}
