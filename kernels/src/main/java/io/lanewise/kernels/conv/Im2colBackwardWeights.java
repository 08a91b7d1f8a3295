package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
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

/**
 * The weight gradient as a matrix product whose sum runs over pixels and images: dw[ocg][taps] +=
 * dy[ocg][pixels] · colsᵀ.
 *
 * <p>A task takes a block of taps of one group over a chunk of the images. Where there are few such
 * blocks, the images are cut into up to {@value #MAX_CHUNKS} chunks, each summed on its own; the
 * partial sums are then added to dw in the order of the chunks. How many chunks follows from the
 * shape alone, not from the machine, so it belongs to the result.
 */
final class Im2colBackwardWeights implements ConvBackwardWeights {
  private static final int BLOCK_TAPS = 256;
  private static final int MAX_CHUNKS = 16;

  private final ConvShape shape;
  private final ConvArguments arguments;
  private final GemmBlocking blocking;
  private final MacroKernel macro;
  private final ElementwiseKernels elementwise;
  private final Im2colPacking im2col;
  private final float[] zeros = new float[BLOCK_TAPS];
  private final int taps;
  private final int pixels;
  private final int tapBlocks;
  private final int chunks;
  private final int chunkImages;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  Im2colBackwardWeights(ConvShape shape, Target target) {
    this.shape = shape;
    this.arguments = new ConvArguments(shape);
    this.blocking = GemmBlocking.of(target.kernels().gemm(), target.machine());
    this.macro = new MacroKernel(target.kernels().gemm(), blocking.kc());
    this.elementwise = target.kernels().elementwise();
    this.im2col = new Im2colPacking(shape, blocking.nr());
    this.taps = shape.reduction();
    this.pixels = im2col.pixels();
    this.tapBlocks = Math.ceilDiv(taps, BLOCK_TAPS);
    int wanted = Math.ceilDiv(MAX_CHUNKS, Math.multiplyExact(tapBlocks, shape.groups()));
    this.chunkImages = Math.max(1, Math.ceilDiv(shape.n(), wanted));
    this.chunks = Math.ceilDiv(shape.n(), chunkImages);
    this.workspace = workspaceSpec();
  }

  private WorkspaceSpec workspaceSpec() {
    long kc = Math.min(blocking.kc(), pixels);
    long perWorker = macro.scratchFloats() + kc * blocking.padN(Math.min(taps, BLOCK_TAPS));
    long partials = (long) chunks * shape.oc() * taps;
    return new WorkspaceSpec(partials, perWorker);
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
  public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
    arguments.checkBackwardWeights(x, dy, dw, db);
    ws.require(workspace, par.workers());
    if (db != null) {
      addBiasGradient(dy, db);
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.dy = dy;
      call.ws = ws;
      int tasks = chunks * shape.groups() * tapBlocks;
      par.forWork(shape.flops()).forEach(tasks, call.tapBlock);
    }
    for (int chunk = 0; chunk < chunks; chunk++) {
      int partial = ws.sharedOffset() + chunk * dw.size();
      elementwise.add(ws.array(), partial, dw.array(), dw.offset(), dw.size());
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor dy;
    private Workspace ws;
    private final TaskBody tapBlock = this::tapBlock;

    /** A block of taps of one group, over one chunk's images. */
    private void tapBlock(int task, int worker) {
      int chunk = task / tapBlocks / shape.groups();
      int g = task / tapBlocks % shape.groups();
      int tap0 = task % tapBlocks * BLOCK_TAPS;
      int ocg = shape.ocg();
      int here = Math.min(BLOCK_TAPS, taps - tap0);
      float[] scratch = ws.array();
      int partial = ws.sharedOffset() + (chunk * shape.oc() + g * ocg) * taps + tap0;
      int tile = ws.workerOffset(worker);
      int cols = tile + macro.scratchFloats();
      int firstImage = chunk * chunkImages;
      int imageEnd = Math.min(shape.n(), (chunk + 1) * chunkImages);
      for (int img = firstImage; img < imageEnd; img++) {
        int imageGroup = img * shape.groups() + g;
        int xOff = x.offset() + imageGroup * shape.icg() * shape.xPixels();
        int dyOff = dy.offset() + imageGroup * ocg * pixels;
        for (int pc = 0; pc < pixels; pc += blocking.kc()) {
          int kc = Math.min(blocking.kc(), pixels - pc);
          im2col.packTaps(x.array(), xOff, tap0, here, pc, kc, scratch, cols);
          boolean first = img == firstImage && pc == 0;
          macro.run(
              ocg,
              here,
              kc,
              dy.array(),
              dyOff + pc,
              pixels,
              scratch,
              cols,
              kc * blocking.nr(),
              first ? zeros : scratch,
              first ? 0 : partial,
              first ? 0 : taps,
              scratch,
              partial,
              taps,
              scratch,
              tile);
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      dy = null;
      ws = null;
    }
  }

  /** Each image's plane is summed on its own, then added in the order of the images. */
  private void addBiasGradient(Tensor dy, Tensor db) {
    for (int o = 0; o < shape.oc(); o++) {
      float sum = 0f;
      for (int img = 0; img < shape.n(); img++) {
        int at = dy.offset() + (img * shape.oc() + o) * pixels;
        sum += elementwise.sum(dy.array(), at, pixels);
      }
      db.array()[db.offset() + o] += sum;
    }
  }
}
