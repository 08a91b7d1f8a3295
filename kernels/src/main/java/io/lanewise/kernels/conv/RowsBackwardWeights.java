package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
import io.lanewise.kernels.gemm.Packing;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * The weight gradient as a matrix product whose sum runs over pixels: dw[ocg][taps] += dy[ocg][
 * pixels] · rows[pixels][taps], lanes on taps, that is on input channels. It wants dy channels
 * first and x channels last, and reorders the one that comes otherwise.
 *
 * <p>A task takes some rows of the windows of one group over a chunk of the images. Where there are
 * few of those, the images are cut into up to {@value #MAX_CHUNKS} chunks, each summed on its own;
 * the partial sums are then added to dw in the order of the chunks. How many chunks follows from
 * the shape alone, so it belongs to the result.
 */
final class RowsBackwardWeights implements ConvBackwardWeights {
  static final String NAME = "im2row";

  private static final int MAX_CHUNKS = 16;
  private static final int BLOCK_TAPS = 768; // rows of a window go together up to so many taps
  private static final int BLOCK_FLOATS = 1 << 16; // of a block of rows

  private final ConvShape shape;
  private final Layout layout;
  private final ConvArguments arguments;
  private final MacroKernel macro;
  private final ElementwiseKernels elementwise;
  private final Im2row im2row;
  private final Packing packing;
  private final Reorder reorder; // null if nothing is to be reordered
  private final int nr;
  private final int taps;
  private final int pixels;
  private final int windowRows; // over all planes
  private final int blockRows; // rows of a window
  private final int blocks;
  private final int blockTaps;
  private final int blockPixels;
  private final int chunks;
  private final int chunkImages;
  private final float[] zeros;
  private final int partials; // where they begin, after the reordered tensor
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  RowsBackwardWeights(ConvShape s, Layout layout, Target target) {
    GemmBlocking blocking = GemmBlocking.of(target.kernels().gemm(), target.machine());
    this.shape = s;
    this.layout = layout;
    this.arguments = new ConvArguments(s, layout);
    this.macro = new MacroKernel(target.kernels().gemm(), blocking.kc());
    this.elementwise = target.kernels().elementwise();
    this.im2row = new Im2row(s, target.kernels().copy());
    this.nr = blocking.nr();
    this.taps = s.reduction();
    this.pixels = s.yPixels();
    int rowTaps = s.kw() * s.icg();
    this.windowRows = s.kd() * s.kh();
    this.blockRows = Math.clamp(BLOCK_TAPS / rowTaps, 1, windowRows);
    this.blocks = Math.ceilDiv(windowRows, blockRows);
    this.blockTaps = blockRows * rowTaps;
    this.blockPixels = Math.clamp(BLOCK_FLOATS / (16L * blockTaps) * 16, 16, Math.max(16, pixels));
    this.packing = new Packing(nr, false, blockTaps, target.kernels());
    boolean first = layout == Layout.CHANNELS_FIRST;
    int rows = first ? s.ic() : pixels;
    int columns = first ? s.xPixels() : s.oc();
    this.reorder =
        rows == 1 || columns == 1 ? null : new Reorder(s.n(), rows, columns, target.kernels());
    int wanted = Math.ceilDiv(MAX_CHUNKS, Math.multiplyExact(blocks, s.groups()));
    this.chunkImages = Math.max(1, Math.ceilDiv(s.n(), wanted));
    this.chunks = Math.ceilDiv(s.n(), chunkImages);
    this.zeros = new float[blockTaps];
    int reordered = first ? s.x().size() : s.y().size();
    this.partials = reorder == null ? 0 : GemmBlocking.roundUp(reordered, 16);
    long panels = (long) GemmBlocking.roundUp(blockTaps, nr) * blockPixels;
    this.workspace =
        new WorkspaceSpec(
            partials + (long) chunks * s.oc() * taps,
            macro.scratchFloats() + (long) blockTaps * blockPixels + panels);
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return layout;
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
  public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
    arguments.checkBackwardWeights(x, dy, dw, db);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.x = x.array();
      call.xOff = x.offset();
      call.dy = dy.array();
      call.dyOff = dy.offset();
      call.dw = dw;
      call.ws = ws;
      if (reorder != null) {
        call.reorder(par);
      }
      if (db != null) {
        call.addBiasGradient(db);
      }
      Parallel team = par.forWork(shape.flops());
      team.forEach(chunks * shape.groups() * blocks, call.block);
      team.forEach(shape.oc(), call.addPartials);
    }
  }

  private final class Call extends CallFrame {
    private float[] x;
    private int xOff;
    private float[] dy;
    private int dyOff;
    private Tensor dw;
    private Workspace ws;
    private final TaskBody block = this::block;
    private final TaskBody addPartials = this::addPartials;

    private void reorder(Parallel par) {
      if (layout == Layout.CHANNELS_FIRST) {
        reorder.run(x, xOff, ws.array(), ws.sharedOffset(), par);
        x = ws.array();
        xOff = ws.sharedOffset();
      } else {
        reorder.run(dy, dyOff, ws.array(), ws.sharedOffset(), par);
        dy = ws.array();
        dyOff = ws.sharedOffset();
      }
    }

    /** Each image's plane is summed on its own, then added in the order of the images. */
    private void addBiasGradient(Tensor db) {
      for (int o = 0; o < shape.oc(); o++) {
        float sum = 0f;
        for (int img = 0; img < shape.n(); img++) {
          sum += elementwise.sum(dy, dyOff + (img * shape.oc() + o) * pixels, pixels);
        }
        db.array()[db.offset() + o] += sum;
      }
    }

    /** Some rows of the windows of one group, over one chunk's images. */
    private void block(int task, int worker) {
      int chunk = task / blocks / shape.groups();
      int g = task / blocks % shape.groups();
      int row0 = task % blocks * blockRows;
      int row1 = Math.min(windowRows, row0 + blockRows);
      int columns = (row1 - row0) * shape.kw() * shape.icg();
      int tap0 = row0 * shape.kw() * shape.icg();
      int ocg = shape.ocg();
      int to = ws.sharedOffset() + partials + (chunk * shape.oc() + g * ocg) * taps + tap0;
      int tile = ws.workerOffset(worker);
      int rows = tile + macro.scratchFloats();
      int panels = rows + blockTaps * blockPixels;
      float[] scratch = ws.array();
      int firstImage = chunk * chunkImages;
      int imageEnd = Math.min(shape.n(), firstImage + chunkImages);
      for (int img = firstImage; img < imageEnd; img++) {
        int from = dyOff + (img * shape.oc() + g * ocg) * pixels;
        for (int p = 0; p < pixels; p += blockPixels) {
          int count = Math.min(blockPixels, pixels - p);
          im2row.pack(x, xOff, g, row0, row1, img * pixels + p, count, scratch, rows, blockTaps);
          packing.pack(scratch, rows, 0, columns, 0, count, scratch, panels, count * nr);
          boolean first = img == firstImage && p == 0;
          macro.run(
              ocg,
              columns,
              count,
              dy,
              from + p,
              pixels,
              scratch,
              panels,
              count * nr,
              first ? zeros : scratch,
              first ? 0 : to,
              first ? 0 : taps,
              scratch,
              to,
              taps,
              scratch,
              tile);
        }
      }
    }

    /** Adds one filter's partial sums to dw, whose taps are in another order. */
    private void addPartials(int o, int worker) {
      int area = shape.area();
      int icg = shape.icg();
      float[] dst = dw.array();
      for (int chunk = 0; chunk < chunks; chunk++) {
        int from = ws.sharedOffset() + partials + (chunk * shape.oc() + o) * taps;
        for (int c = 0; c < icg; c++) {
          int to = dw.offset() + (o * icg + c) * area;
          for (int tap = 0; tap < area; tap++) {
            dst[to + tap] += ws.array()[from + tap * icg + c];
          }
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      dy = null;
      dw = null;
      ws = null;
    }
  }
}
