package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The weight gradient as a matrix product whose sum runs over pixels: dw[ocg][taps] += dy[ocg][
 * pixels] · rows[pixels][taps], lanes on taps, that is on input channels. Images are read channels
 * last; x is reordered if it comes otherwise.
 *
 * <p>A task computes the gradient of some filters by some channels, {@link WeightsGrid}'s block,
 * which stays in L2 while the pixels pass by, a piece of the sum at a time: dy's piece is turned
 * into rows, then one panel of the windows after the other is copied into L1 and used up. So the
 * matrix of windows never exists, not even in blocks; only where a panel would hold pieces of many
 * rows of a window, as with few channels, are the piece's windows copied as a whole first.
 *
 * <p>Where there are few blocks, the images are cut into chunks, each summed on its own; the
 * partial sums are then added in the order of the chunks. How many chunks follows from the shape
 * alone, so it belongs to the result.
 */
final class RowsBackwardWeights implements ConvBackwardWeights {
  static final String NAME = "im2row";

  private static final int NARROW_ROW = 64; // floats of a window's row
  private static final int NARROW_TAPS = 1024;
  private static final int BIAS_CHANNELS = 64; // of a task
  private static final int SUM_LANES = 16; // as ElementwiseKernels.sum has them

  private final ConvShape shape;
  private final Layout layout;
  private final ConvArguments arguments;
  private final WeightsGrid grid;
  private final MacroKernel macro;
  private final ElementwiseKernels elementwise;
  private final TransposeKernel turn;
  private final CopyKernel copy;
  private final Im2row im2row;
  private final Reorder reorder; // null if x is channels last, or as good as
  private final int nr;
  private final int pixels;
  private final int steps; // of a piece of the sum
  private final int lda;
  private final boolean narrow; // panels hold pieces of many rows of a window
  private final int windowFloats; // of the copied windows of a piece, if narrow
  private final boolean oneRun; // a block's columns lie side by side in a window
  private final int runs; // of columns that do: all, or a tap's channels
  private final int runColumns; // padded to whole panels
  private final int ldc;
  private final float[] zeros;
  private final int partials; // where they begin, after the reordered tensor
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  RowsBackwardWeights(ConvShape s, Layout layout, Target target) {
    GemmBlocking blocking = GemmBlocking.of(target.kernels().gemm(), target.machine());
    this.shape = s;
    this.layout = layout;
    this.arguments = new ConvArguments(s, layout);
    this.grid = WeightsGrid.of(s);
    this.elementwise = target.kernels().elementwise();
    this.turn = target.kernels().transpose(s.oc());
    this.copy = target.kernels().copy();
    this.im2row = new Im2row(s, copy);
    this.nr = blocking.nr();
    this.pixels = s.yPixels();
    this.steps = steps((long) grid.chunkImages() * pixels, blocking.kc());
    this.lda = GemmBlocking.roundUp(steps, 16) + 16; // no power of two
    this.macro = new MacroKernel(target.kernels().gemm(), steps);
    this.oneRun = grid.channelBlocks() == 1;
    this.narrow = oneRun && s.kw() * s.icg() < NARROW_ROW && s.reduction() <= NARROW_TAPS;
    this.windowFloats = narrow ? steps * s.reduction() : 0;
    this.runs = oneRun ? 1 : s.area();
    this.runColumns = GemmBlocking.roundUp(oneRun ? s.reduction() : grid.channels(), nr);
    this.ldc = Math.multiplyExact(runs, runColumns);
    this.zeros = new float[nr];
    int area = s.xPixels();
    boolean last = layout == Layout.CHANNELS_LAST || s.ic() == 1 || area == 1;
    this.reorder = last ? null : new Reorder(s.n(), s.ic(), area, target.kernels());
    this.partials = last ? 0 : GemmBlocking.roundUp(s.x().size(), 16);
    this.workspace = workspaceSpec();
  }

  /** Pieces of about {@code kc}, all of about one length: a last piece of few steps costs much. */
  private static int steps(long sum, int kc) {
    long pieces = Math.max(1, Math.round((double) sum / kc));
    return (int) Math.ceilDiv(sum, pieces);
  }

  private WorkspaceSpec workspaceSpec() {
    long operands = (long) grid.filters() * lda + windowFloats + (long) steps * nr;
    long worker = macro.scratchFloats() + operands + (grid.chunks() == 1 ? blockFloats() : 0);
    long sums = grid.chunks() == 1 ? 0 : grid.tasks() * blockFloats();
    return new WorkspaceSpec(partials + sums, Math.max(worker, (long) SUM_LANES * BIAS_CHANNELS));
  }

  /** Sums of a task: [filters][runs][runColumns]. */
  private long blockFloats() {
    return (long) grid.filters() * ldc;
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
      call.db = db;
      call.ws = ws;
      if (reorder != null) {
        reorder.run(call.x, call.xOff, ws.array(), ws.sharedOffset(), par);
        call.x = ws.array();
        call.xOff = ws.sharedOffset();
      }
      Parallel team = par.forWork(shape.flops());
      if (db != null) {
        team.forEach(Math.ceilDiv(shape.oc(), BIAS_CHANNELS), call.biasGradient);
      }
      team.forEach(grid.tasks(), call.block);
      if (grid.chunks() > 1) {
        team.forEach(grid.blocks(), call.addChunks);
      }
    }
  }

  private final class Call extends CallFrame {
    private float[] x;
    private int xOff;
    private float[] dy;
    private int dyOff;
    private Tensor dw;
    private Tensor db;
    private Workspace ws;
    private final TaskBody biasGradient = this::biasGradient;
    private final TaskBody block = this::block;
    private final TaskBody addChunks = this::addChunks;

    /** Each image's plane is summed on its own, then added in the order of the images. */
    private void biasGradient(int task, int worker) {
      int o0 = task * BIAS_CHANNELS;
      int count = Math.min(BIAS_CHANNELS, shape.oc() - o0);
      int to = db.offset() + o0;
      int sums = ws.workerOffset(worker);
      for (int img = 0; img < shape.n(); img++) {
        if (layout == Layout.CHANNELS_LAST) {
          sumPlanes(img, o0, count, sums);
        }
        for (int i = 0; i < count; i++) {
          db.array()[to + i] +=
              layout == Layout.CHANNELS_LAST
                  ? sumOfLanes(sums + i, count)
                  : elementwise.sum(dy, dyOff + (img * shape.oc() + o0 + i) * pixels, pixels);
        }
      }
    }

    /** Adds up an image's pixels: pixel p goes to lane p mod 16 of [16][count]. */
    private void sumPlanes(int img, int o0, int count, int sums) {
      Arrays.fill(ws.array(), sums, sums + SUM_LANES * count, 0f);
      int from = dyOff + img * pixels * shape.oc() + o0;
      for (int p = 0; p < pixels; p++) {
        int lane = sums + p % SUM_LANES * count;
        elementwise.add(dy, from + p * shape.oc(), ws.array(), lane, count);
      }
    }

    private float sumOfLanes(int from, int step) {
      float sum = 0f;
      for (int lane = 0; lane < SUM_LANES; lane++) {
        sum += ws.array()[from + lane * step];
      }
      return sum;
    }

    /** The gradient of some filters by some channels, over one chunk's images. */
    private void block(int task, int worker) {
      int chunk = task / grid.blocks();
      int b = task % grid.blocks();
      float[] scratch = ws.array();
      int rows = ws.workerOffset(worker) + macro.scratchFloats();
      int panel = rows + grid.filters() * lda + windowFloats;
      int sums =
          grid.chunks() == 1
              ? panel + steps * nr
              : ws.sharedOffset() + partials + (int) (task * blockFloats());
      int first = chunk * grid.chunkImages() * pixels;
      int end = Math.min(shape.n(), (chunk + 1) * grid.chunkImages()) * pixels;
      for (int p = first; p < end; p += steps) {
        int count = Math.min(steps, end - p);
        packRows(b, p, count, rows);
        if (narrow) {
          int taps = shape.reduction();
          int windows = panel - windowFloats;
          im2row.packColumns(x, xOff, grid.group(b), 0, taps, p, count, scratch, windows, taps);
        }
        for (int run = 0; run < runs; run++) {
          int at = sums + run * runColumns;
          addRun(b, run, p, count, rows, panel, at, p == first, ws.workerOffset(worker));
        }
      }
      if (grid.chunks() == 1) {
        addBlock(b, sums);
      }
    }

    /** dy's piece, pixels side by side. */
    private void packRows(int b, int pixel, int count, int rows) {
      int m = grid.filtersOf(b, shape);
      int o = grid.firstFilter(b, shape);
      if (layout == Layout.CHANNELS_LAST) {
        turn.run(dy, dyOff + pixel * shape.oc() + o, count, m, ws.array(), rows, lda);
        return;
      }
      int done = 0;
      while (done < count) {
        int img = (pixel + done) / pixels;
        int at = (pixel + done) % pixels;
        int here = Math.min(count - done, pixels - at);
        int from = dyOff + (img * shape.oc() + o) * pixels + at;
        copy.run(dy, from, pixels, m, here, ws.array(), rows + done, lda);
        done += here;
      }
    }

    /** A piece of the sums of one run of columns, panel by panel. */
    private void addRun(
        int b,
        int run,
        int pixel,
        int count,
        int rows,
        int panel,
        int sums,
        boolean first,
        int tile) {
      float[] scratch = ws.array();
      int columns = oneRun ? shape.reduction() : grid.channelsOf(b, shape);
      int tap0 = run * shape.icg() + grid.firstChannel(b);
      for (int j = 0; j < columns; j += nr) {
        int here = Math.min(nr, columns - j);
        if (here < nr) {
          Arrays.fill(scratch, panel, panel + count * nr, 0f);
        }
        if (narrow) {
          int from = panel - windowFloats + j;
          copy.run(scratch, from, columns, count, here, scratch, panel, nr);
        } else {
          int tap = tap0 + j;
          int g = grid.group(b);
          im2row.packColumns(x, xOff, g, tap, tap + here, pixel, count, scratch, panel, nr);
        }
        macro.run(
            grid.filtersOf(b, shape),
            nr,
            count,
            scratch,
            rows,
            lda,
            scratch,
            panel,
            count * nr,
            first ? zeros : scratch,
            first ? 0 : sums + j,
            first ? 0 : ldc,
            scratch,
            sums + j,
            ldc,
            scratch,
            tile);
      }
    }

    /** The chunks' sums of one block, in order. */
    private void addChunks(int b, int worker) {
      int size = (int) blockFloats();
      int sums = ws.sharedOffset() + partials + b * size;
      for (int chunk = 1; chunk < grid.chunks(); chunk++) {
        int other = sums + chunk * grid.blocks() * size;
        elementwise.add(ws.array(), other, ws.array(), sums, size);
      }
      addBlock(b, sums);
    }

    /** Adds a block's sums to dw, whose taps are in another order. */
    private void addBlock(int b, int sums) {
      int area = shape.area();
      int icg = shape.icg();
      int channels = grid.channelsOf(b, shape);
      int tapStep = oneRun ? icg : runColumns;
      for (int i = 0; i < grid.filtersOf(b, shape); i++) {
        int filter = grid.firstFilter(b, shape) + i;
        int to = dw.offset() + (filter * icg + grid.firstChannel(b)) * area;
        int from = sums + i * ldc;
        if (area == 1) {
          elementwise.add(ws.array(), from, dw.array(), to, channels);
        } else {
          addTurned(ws.array(), from, tapStep, dw.array(), to, channels, area);
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      dy = null;
      dw = null;
      db = null;
      ws = null;
    }
  }

  /** {@code dst[c][tap] += src[tap][c]}. */
  private static void addTurned(
      float[] src, int srcOff, int step, float[] dst, int dstOff, int channels, int area) {
    int to = dstOff;
    for (int c = 0; c < channels; c++) {
      int from = srcOff + c;
      for (int tap = 0; tap < area; tap++) {
        dst[to] += src[from];
        to++;
        from += step;
      }
    }
  }
}
