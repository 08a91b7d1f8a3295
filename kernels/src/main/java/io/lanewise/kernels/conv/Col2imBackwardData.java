package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
import io.lanewise.kernels.gemm.Packing;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The input gradient as a matrix product and a scatter: dcols[taps][pixels] = wᵀ · dy, each element
 * of which is then added to the input that its tap read. A task takes a few channels of one image,
 * and its pixels in blocks: whole lines (rows of outputs, over all planes), or a part of a long
 * line, from right to left. So each input collects its terms in one order whatever the blocks
 * (lines downwards, in a line from right to left, which is kx upwards), and the blocks do not show
 * in the bits.
 */
final class Col2imBackwardData implements EndedBackwardData {
  private static final int BLOCK_TAPS = 128;
  private static final int BLOCK_PIXELS = 512;

  private final ConvShape shape;
  private final ConvArguments arguments;
  private final GemmBlocking blocking;
  private final MacroKernel macro;
  private final TransposeKernel turnW;
  private final Packing packDy;
  private final Ending ending;
  private final int area;
  private final int pixels;
  private final int oh;
  private final int ow;
  private final int lines;
  private final int channels;
  private final int channelBlocks;
  private final int blockLines;
  private final int blockColumns;
  private final float[] zeros;
  private final String layout;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  Col2imBackwardData(ConvShape shape, Target target) {
    this.shape = shape;
    this.arguments = new ConvArguments(shape);
    this.blocking = GemmBlocking.of(target.kernels().gemm(), target.machine());
    this.macro = new MacroKernel(target.kernels().gemm(), blocking.kc());
    this.ending = new Ending(target.kernels());
    this.area = shape.area();
    this.oh = shape.oh();
    this.ow = shape.ow();
    this.lines = shape.od() * oh;
    this.pixels = lines * ow;
    this.turnW = target.kernels().transpose(shape.reduction());
    this.packDy = new Packing(blocking.nr(), false, pixels, target.kernels());
    this.channels = Math.clamp(BLOCK_TAPS / area, 1, shape.icg());
    this.channelBlocks = Math.ceilDiv(shape.icg(), channels);
    this.blockLines = Math.clamp(BLOCK_PIXELS / ow, 1, lines);
    this.blockColumns = Math.min(ow, BLOCK_PIXELS); // below ow only where a block is one line
    this.zeros = new float[blockLines * blockColumns];
    this.layout = "conv-col2im g" + shape.groups() + " w" + shape.w();
    long dcols = (long) channels * area * blockLines * blockColumns;
    this.workspace = new WorkspaceSpec(0, macro.scratchFloats() + packedDyFloats() + dcols);
  }

  private int packedDyFloats() {
    return blocking.padN(blockLines * blockColumns) * Math.min(blocking.kc(), shape.ocg());
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public String algorithm() {
    return "col2im";
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public PackedWeights newWeights() {
    return new PackedWeights(layout, shape.w().size());
  }

  @Override
  public void pack(Tensor w, PackedWeights packed) {
    arguments.checkWeights(w);
    packed.require(layout);
    int group = shape.ocg() * shape.reduction();
    for (int g = 0; g < shape.groups(); g++) {
      turnW.run(
          w.array(),
          w.offset() + g * group,
          shape.ocg(),
          shape.reduction(),
          packed.data(),
          g * group,
          shape.ocg());
    }
  }

  @Override
  public void run(
      Tensor dy, PackedWeights w, Epilogue epilogue, Tensor dx, Workspace ws, Parallel par) {
    arguments.checkBackwardData(dy, dx);
    w.require(layout);
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

  private final class Call extends CallFrame {
    private Tensor dy;
    private PackedWeights w;
    private Epilogue epilogue;
    private Tensor dx;
    private Workspace ws;
    private final TaskBody channelBlock = this::channelBlock;

    /** A block of channels of one image and group. */
    private void channelBlock(int task, int worker) {
      int imageGroup = task / channelBlocks;
      int c0 = task % channelBlocks * channels;
      int here = Math.min(channels, shape.icg() - c0);
      int channel = shape.xPixels();
      int dxOff = dx.offset() + (imageGroup * shape.icg() + c0) * channel;
      start(imageGroup % shape.groups() * shape.icg() + c0, here, dxOff);
      int tile = ws.workerOffset(worker);
      int dcols = tile + macro.scratchFloats() + packedDyFloats();
      for (int line = 0; line < lines; line += blockLines) {
        int rows = Math.min(blockLines, lines - line);
        for (int ox = (ow - 1) / blockColumns * blockColumns; ox >= 0; ox -= blockColumns) {
          int columns = Math.min(blockColumns, ow - ox);
          int count = rows * columns;
          multiply(task, here * area, line * ow + ox, count, tile, dcols);
          for (int c = 0; c < here; c++) {
            for (int r = 0; r < rows; r++) {
              int from = dcols + c * area * count + r * columns;
              int to = dxOff + c * channel;
              scatterLine(ws.array(), from, count, line + r, ox, columns, dx.array(), to);
            }
          }
        }
      }
      end(dxOff, here * channel);
    }

    /** What the sums of {@code count} channels from {@code c} start from: the bias, or zeros. */
    private void start(int c, int count, int dxOff) {
      Tensor bias = epilogue.bias();
      int to = dxOff;
      for (int i = 0; i < count; i++) {
        float from = bias == null ? 0f : bias.array()[bias.offset() + c + i];
        Arrays.fill(dx.array(), to, to + shape.xPixels(), from);
        to += shape.xPixels();
      }
    }

    /** What follows the sums. */
    private void end(int at, int count) {
      Tensor residual = epilogue.residual();
      ending.run(
          epilogue.activation(),
          1,
          count,
          residual == null ? null : residual.array(),
          residual == null ? 0 : residual.offset() + at - dx.offset(),
          dx.array(),
          at,
          count,
          dx.array(),
          at,
          count);
    }

    /** dcols[taps][count] of the pixels from {@code pixel0}. */
    private void multiply(int task, int taps, int pixel0, int count, int tile, int dcols) {
      int imageGroup = task / channelBlocks;
      int g = imageGroup % shape.groups();
      int ocg = shape.ocg();
      int wOff = (g * shape.reduction() + task % channelBlocks * channels * area) * ocg;
      int dyOff = dy.offset() + imageGroup * ocg * pixels;
      int packed = tile + macro.scratchFloats();
      float[] scratch = ws.array();
      for (int pc = 0; pc < ocg; pc += blocking.kc()) {
        int kc = Math.min(blocking.kc(), ocg - pc);
        int panel = kc * blocking.nr();
        packDy.pack(dy.array(), dyOff, pixel0, count, pc, kc, scratch, packed, panel);
        macro.run(
            taps,
            count,
            kc,
            w.data(),
            wOff + pc,
            ocg,
            scratch,
            packed,
            panel,
            pc == 0 ? zeros : scratch,
            pc == 0 ? 0 : dcols,
            pc == 0 ? 0 : count,
            scratch,
            dcols,
            count,
            scratch,
            tile);
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

  /** Adds the taps of a part of a line to one channel of dx; taps lie {@code tapStep} apart. */
  private void scatterLine(
      float[] dcols, int from, int tapStep, int line, int ox0, int columns, float[] dx, int dxOff) {
    int stride = shape.strideW();
    int front = line / oh * shape.strideD() - shape.padding().front();
    int top = line % oh * shape.strideH() - shape.padding().top();
    for (int row = 0; row < shape.kd() * shape.kh(); row++) {
      int iz = front + row / shape.kh() * shape.dilationD();
      int iy = top + row % shape.kh() * shape.dilationH();
      if (iz < 0 || iz >= shape.id() || iy < 0 || iy >= shape.ih()) {
        continue;
      }
      for (int kx = 0; kx < shape.kw(); kx++) {
        int left = kx * shape.dilationW() - shape.padding().left();
        int first = Math.max(ox0, Window.firstInside(left, stride, ow));
        int end = Math.min(ox0 + columns, Window.endInside(left, stride, shape.iw(), ow));
        int src = from + (row * shape.kw() + kx) * tapStep - ox0;
        int dst = dxOff + (iz * shape.ih() + iy) * shape.iw() + left;
        if (stride == 1) {
          for (int ox = first; ox < end; ox++) {
            dx[dst + ox] += dcols[src + ox];
          }
        } else {
          for (int ox = first; ox < end; ox++) {
            dx[dst + ox * stride] += dcols[src + ox];
          }
        }
      }
    }
  }
}
