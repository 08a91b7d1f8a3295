package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * Convolution as a matrix product, one for each image and group: y[ocg][pixels] = w[ocg][taps] ·
 * cols[taps][pixels]. The weights are multiplied as they are; a task takes a block of pixels of one
 * image and packs its part of cols in pieces of kc taps, again for each block of filters if sums
 * have to wait for a residual. Lanes lie on pixels: for layers of few channels. Computes what
 * {@code ReferenceConv.forward} computes, for every shape.
 */
final class Im2colForward implements ConvForward {
  private static final int BLOCK_PIXELS =
      512; // of a task: cols' piece of 192 taps is 384 KB, within L2

  private final ConvShape shape;
  private final ConvArguments arguments;
  private final GemmBlocking blocking;
  private final MacroKernel macro;
  private final Ending ending;
  private final Im2colPacking im2col;
  private final int taps;
  private final int pixels;
  private final int blockPixels;
  private final int cols; // floats of a worker's piece of cols
  private final int waiting; // filters whose sums wait for a residual at a time
  private final String layout;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  Im2colForward(ConvShape shape, Target target) {
    this.shape = shape;
    this.arguments = new ConvArguments(shape);
    this.blocking = GemmBlocking.of(target.kernels().gemm(), target.machine());
    this.macro = new MacroKernel(target.kernels().gemm(), blocking.kc());
    this.ending = new Ending(target.kernels());
    this.im2col = new Im2colPacking(shape, blocking.nr());
    this.taps = shape.reduction();
    this.pixels = im2col.pixels();
    this.blockPixels = Math.min(blocking.padN(pixels), blocking.padN(BLOCK_PIXELS));
    this.layout = "conv-im2col g" + shape.groups() + " w" + shape.w();
    this.cols = blockPixels * Math.min(blocking.kc(), taps);
    this.waiting = Math.clamp(Ending.MOST_SUMS / blockPixels, 1, shape.ocg());
    long own = macro.scratchFloats() + (long) cols + (long) waiting * blockPixels;
    this.workspace = new WorkspaceSpec(0, own);
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public String algorithm() {
    return "im2col";
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
    System.arraycopy(w.array(), w.offset(), packed.data(), 0, w.size());
  }

  @Override
  public void run(
      Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
    arguments.checkForward(x, epilogue, y);
    w.require(layout);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.x = x;
      call.w = w;
      call.epilogue = epilogue;
      call.y = y;
      call.ws = ws;
      int tasks = shape.n() * shape.groups() * blocks();
      par.forWork(shape.flops()).forEach(tasks, call.block);
    }
  }

  private int blocks() {
    return Math.ceilDiv(pixels, blockPixels);
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private PackedWeights w;
    private Epilogue epilogue;
    private Tensor y;
    private Workspace ws;
    private final TaskBody block = this::block;

    /** One block of pixels of one image and group. */
    private void block(int task, int worker) {
      int imageGroup = task / blocks();
      int pixel0 = task % blocks() * blockPixels;
      int g = imageGroup % shape.groups();
      int ocg = shape.ocg();
      int count = Math.min(blockPixels, pixels - pixel0);
      int xOff = x.offset() + imageGroup * shape.icg() * shape.xPixels();
      int first = imageGroup * ocg * pixels + pixel0;
      Tensor residual = epilogue.residual();
      if (residual == null) {
        int to = y.offset() + first;
        sums(g, 0, ocg, xOff, pixel0, count, y.array(), to, pixels, worker);
        ending.run(
            epilogue.activation(),
            ocg,
            count,
            null,
            0,
            y.array(),
            to,
            pixels,
            y.array(),
            to,
            pixels);
        return;
      }
      float[] scratch = ws.array();
      int own = ws.workerOffset(worker) + macro.scratchFloats() + cols;
      for (int o = 0; o < ocg; o += waiting) {
        int filters = Math.min(waiting, ocg - o);
        int to = first + o * pixels;
        sums(g, o, filters, xOff, pixel0, count, scratch, own, count, worker);
        ending.run(
            epilogue.activation(),
            filters,
            count,
            residual.array(),
            residual.offset() + to,
            scratch,
            own,
            count,
            y.array(),
            y.offset() + to,
            pixels);
      }
    }

    /** Filters [o, o + filters) of a group, for {@code count} pixels from {@code pixel0} on. */
    private void sums(
        int g,
        int o,
        int filters,
        int xOff,
        int pixel0,
        int count,
        float[] dst,
        int dstOff,
        int ldd,
        int worker) {
      float[] scratch = ws.array();
      int tile = ws.workerOffset(worker);
      int colsOff = tile + macro.scratchFloats();
      int filter = g * shape.ocg() + o;
      startFromBias(filter, filters, count, dst, dstOff, ldd);
      for (int pc = 0; pc < taps; pc += blocking.kc()) {
        int kc = Math.min(blocking.kc(), taps - pc);
        im2col.packPixels(x.array(), xOff, pc, kc, pixel0, count, scratch, colsOff);
        macro.run(
            filters,
            count,
            kc,
            w.data(),
            filter * taps + pc,
            taps,
            scratch,
            colsOff,
            kc * blocking.nr(),
            dst,
            dstOff,
            ldd,
            dst,
            dstOff,
            ldd,
            scratch,
            tile);
      }
    }

    private void startFromBias(
        int filter, int filters, int count, float[] dst, int dstOff, int ldd) {
      Tensor bias = epilogue.bias();
      for (int i = 0; i < filters; i++) {
        float b = bias == null ? 0f : bias.array()[bias.offset() + filter + i];
        Arrays.fill(dst, dstOff + i * ldd, dstOff + i * ldd + count, b);
      }
    }

    @Override
    protected void clear() {
      x = null;
      w = null;
      epilogue = null;
      y = null;
      ws = null;
    }
  }
}
