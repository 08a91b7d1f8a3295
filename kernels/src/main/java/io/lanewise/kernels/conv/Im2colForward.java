package io.lanewise.kernels.conv;

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
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * Convolution as a matrix product, one for each image and group: y[ocg][pixels] = w[ocg][taps] ·
 * cols[taps][pixels]. The weights are multiplied as they are; a task takes a block of pixels of one
 * image and packs its part of cols in pieces of kc taps. Lanes lie on pixels: for layers of few
 * channels. Computes what {@code ReferenceConv.forward} computes, for every shape.
 */
final class Im2colForward implements ConvForward {
  private static final int BLOCK_PIXELS =
      512; // of a task: cols' piece of 192 taps is 384 KB, within L2

  private final ConvShape shape;
  private final ConvArguments arguments;
  private final GemmBlocking blocking;
  private final MacroKernel macro;
  private final ElementwiseKernels elementwise;
  private final Im2colPacking im2col;
  private final int taps;
  private final int pixels;
  private final int blockPixels;
  private final String layout;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  Im2colForward(ConvShape shape, Target target) {
    this.shape = shape;
    this.arguments = new ConvArguments(shape);
    this.blocking = GemmBlocking.of(target.kernels().gemm(), target.machine());
    this.macro = new MacroKernel(target.kernels().gemm(), blocking.kc());
    this.elementwise = target.kernels().elementwise();
    this.im2col = new Im2colPacking(shape, blocking.nr());
    this.taps = shape.reduction();
    this.pixels = im2col.pixels();
    this.blockPixels = Math.min(blocking.padN(pixels), blocking.padN(BLOCK_PIXELS));
    this.layout = "conv-im2col g" + shape.groups() + " w" + shape.w();
    long cols = (long) blockPixels * Math.min(blocking.kc(), taps);
    this.workspace = new WorkspaceSpec(0, cols + macro.scratchFloats());
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
      int yOff = y.offset() + imageGroup * ocg * pixels + pixel0;
      float[] scratch = ws.array();
      int tile = ws.workerOffset(worker);
      int cols = tile + macro.scratchFloats();
      startFromBias(g, yOff, count);
      for (int pc = 0; pc < taps; pc += blocking.kc()) {
        int kc = Math.min(blocking.kc(), taps - pc);
        im2col.packPixels(x.array(), xOff, pc, kc, pixel0, count, scratch, cols);
        macro.run(
            ocg,
            count,
            kc,
            w.data(),
            g * ocg * taps + pc,
            taps,
            scratch,
            cols,
            kc * blocking.nr(),
            y.array(),
            yOff,
            pixels,
            y.array(),
            yOff,
            pixels,
            scratch,
            tile);
      }
      if (epilogue.clamps()) {
        for (int o = 0; o < ocg; o++) {
          elementwise.clamp(y.array(), yOff + o * pixels, count, epilogue.min(), epilogue.max());
        }
      }
    }

    private void startFromBias(int g, int yOff, int count) {
      Tensor bias = epilogue.bias();
      for (int o = 0; o < shape.ocg(); o++) {
        float b = bias == null ? 0f : bias.array()[bias.offset() + g * shape.ocg() + o];
        Arrays.fill(y.array(), yOff + o * pixels, yOff + o * pixels + count, b);
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
