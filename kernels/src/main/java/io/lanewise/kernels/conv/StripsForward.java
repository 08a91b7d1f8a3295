package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
import io.lanewise.kernels.gemm.TaskGrid;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Channels-last convolution as a matrix product of the windows in {@link Strips} with the weights,
 * lanes on output channels. Computes what {@code ReferenceConv.forward} computes, where windows are
 * not dilated along rows.
 *
 * <p>A task takes some lines of outputs, or the same part of each, and some panels of weights. A
 * line goes through all of them before the next line's strip is made from its own, so this is for
 * weights that stay in L2.
 */
final class StripsForward implements ForwardCore {
  static final String NAME = "im2strip";

  private static final int MOST_WIDTH = 120;
  private static final int MORE_PARTS = 4; // times as many as a strip needs
  private static final double PART_COST = 0.02;
  private static final int MOST_LINES = 16; // of a task

  private final ConvShape shape;
  private final MacroKernel macro;
  private final PanelProduct product;
  private final Strips strips;
  private final int nr;
  private final int taps;
  private final int panels;
  private final int lines; // of the whole batch
  private final int leastParts; // of a line
  private final int stripFloats;
  private final float[] noBias;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);
  private volatile Cut cut;

  /** How a team of so many shares the work: parts of a line, of so many pixels, and a grid. */
  private record Cut(int workers, int parts, int width, TaskGrid grid) {}

  StripsForward(ConvShape shape, Target target) {
    this.shape = shape;
    this.macro = MacroKernel.of(target, shape.ocg(), shape.w().size());
    this.strips = new Strips(shape, target.kernels().copy());
    this.nr = macro.nr();
    this.taps = shape.reduction();
    this.panels = Math.ceilDiv(shape.ocg(), nr);
    this.lines = Math.multiplyExact(shape.n(), shape.od() * shape.oh());
    this.leastParts = Math.ceilDiv(shape.ow(), MOST_WIDTH);
    int width = width(leastParts);
    this.stripFloats = strips.floats(width);
    this.noBias = new float[shape.oc()];
    Ending ending = new Ending(target.kernels());
    this.product = new PanelProduct(macro, ending, taps, taps, shape.ocg(), shape.oc(), width);
    this.workspace = new WorkspaceSpec(0, product.scratchFloats() + (long) stripsFloats());
    this.cut = cut(1);
  }

  /** Floats of a task's strips, each of which begins in the one before. */
  private int stripsFloats() {
    return Math.addExact(stripFloats, (MOST_LINES - 1) * strips.slide());
  }

  /** Pixels of each of so many parts of a line but the last. */
  private int width(int parts) {
    int even = Math.ceilDiv(shape.ow(), parts);
    return parts == 1 ? even : GemmBlocking.roundUp(even, macro.mr());
  }

  /** The cheapest cut; more parts than a strip needs only where workers would wait otherwise. */
  private Cut cut(int workers) {
    Cut best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int wanted = leastParts; wanted <= MORE_PARTS * leastParts; wanted++) {
      int width = width(wanted);
      int parts = Math.ceilDiv(shape.ow(), width);
      TaskGrid grid = TaskGrid.of(lines, MOST_LINES, 1, panels, shape.groups() * parts, workers);
      Cut cut = new Cut(workers, parts, width, grid);
      double uneven = TaskGrid.imbalance(tasks(cut), workers);
      double cost = uneven * (1 + PART_COST * (parts - leastParts));
      if (cost < least) {
        least = cost;
        best = cut;
      }
    }
    return best;
  }

  private int tasks(Cut c) {
    return shape.groups() * c.parts() * c.grid().tasks();
  }

  /** Into how many tasks the work is cut for a team of so many. */
  int tasks(int workers) {
    return tasks(cut(workers));
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
    return "conv-strips nr" + nr + " g" + shape.groups() + " w" + shape.w();
  }

  @Override
  public long packedFloats() {
    return shape.groups() * groupFloats();
  }

  private long groupFloats() {
    return (long) panels * nr * taps;
  }

  /** packed: [groups][ceil(ocg / nr)][kw][kd][kh][icg][nr], lanes past ocg are 0. */
  @Override
  public void pack(Tensor w, float[] packed) {
    int icg = shape.icg();
    int kw = shape.kw();
    int rows = shape.kd() * shape.kh();
    for (int o = 0; o < shape.oc(); o++) {
      int lane = o % shape.ocg();
      int group = (int) (o / shape.ocg() * groupFloats());
      int to = group + lane / nr * nr * taps + lane % nr;
      int from = w.offset() + o * taps;
      for (int c = 0; c < icg; c++) {
        for (int row = 0; row < rows; row++) {
          for (int kx = 0; kx < kw; kx++) {
            float value = w.array()[from + (c * rows + row) * kw + kx];
            packed[to + ((kx * rows + row) * icg + c) * nr] = value;
          }
        }
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
    Parallel team = par.forWork(shape.flops());
    if (cut.workers() != team.workers()) {
      cut = cut(team.workers());
    }
    try (Call call = calls.take()) {
      Cut now = cut;
      call.parts = now.parts();
      call.width = now.width();
      call.grid = now.grid();
      call.set(x, xOff, w, epilogue, noBias, r, rOff, y, yOff, ws);
      team.forEach(tasks(now), call.block);
    }
  }

  private final class Call extends ForwardFrame {
    private TaskGrid grid;
    private int parts;
    private int width;
    private final TaskBody block = this::block;

    /** Some lines, or the same part of each, and some panels of one group. */
    private void block(int task, int worker) {
      int part = task / grid.tasks() % parts;
      int g = task / grid.tasks() / parts;
      int line0 = task % grid.tasks() / grid.panelBlocks() * grid.rows();
      int panel0 = task % grid.panelBlocks() * grid.panels();
      int here = Math.min(grid.rows(), lines - line0);
      int ox0 = part * width;
      int m = Math.min(width, shape.ow() - ox0);
      int own = ws.workerOffset(worker);
      for (int i = 0; i < here; i++) {
        int strip = own + product.scratchFloats() + i * strips.slide();
        boolean follows = i > 0 && strips.follows(line0 + i);
        strips.pack(x, xOff, g, line0 + i, ox0, m, follows, ws.array(), strip);
        multiply(g, line0 + i, ox0, m, panel0, strip, own);
      }
    }

    /** m pixels of a line by a task's panels. */
    private void multiply(int g, int line, int ox, int m, int panel0, int strip, int own) {
      int j0 = panel0 * nr;
      int n = Math.min(grid.panels() * nr, shape.ocg() - j0);
      int channel = g * shape.ocg() + j0;
      int panel = (int) (g * groupFloats()) + j0 * taps;
      int to = (line * shape.ow() + ox) * shape.oc() + channel;
      float[] a = ws.array();
      product.run(
          0,
          taps,
          true,
          true,
          m,
          n,
          a,
          strip,
          strips.windowStep(),
          w,
          panel,
          bias,
          biasOff + channel,
          activation,
          r,
          rOff + to,
          y,
          yOff + to,
          a,
          own);
    }

    @Override
    protected void clear() {
      super.clear();
      grid = null;
    }
  }
}
