package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.TaskGrid;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.TapKernel;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/**
 * Channels-last convolution of windows where they lie, in {@link PaddedLines}, lanes on output
 * channels. Computes what {@code ReferenceConv.forward} computes, for every shape; planes of taps
 * outside the image are left out. A task takes some lines of a plane of outputs, or the same part
 * of each.
 */
final class DirectForward implements ForwardCore {
  static final String NAME = "direct";

  private final ConvShape shape;
  private final TapKernel[] tiles; // no list: its iterator is an object before C2 comes
  private final Ending ending;
  private final PaddedLines padded;
  private final int nr;
  private final int taps;
  private final int panels;
  private final LineCut cut;
  private final int sums; // floats of a part's sums, and of a tile that does not fill its panel
  private final float[] noBias;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  DirectForward(ConvShape shape, Target target) {
    this.shape = shape;
    this.tiles = narrowest(target.kernels().direct(), shape.ocg()).toArray(TapKernel[]::new);
    this.ending = new Ending(target.kernels());
    this.nr = tiles[0].nr();
    this.taps = shape.reduction();
    this.panels = Math.ceilDiv(shape.ocg(), nr);
    int floats = target.machine().l2Bytes() / Float.BYTES / 4;
    this.cut = new LineCut(shape, shape.ic(), tiles[0].mr(), 1, floats);
    int width = cut.mostOutputs();
    int lines = cut.mostLines();
    this.padded = new PaddedLines(shape, lines, width);
    int tile = Math.multiplyExact(tiles[0].mr() + 1, nr);
    this.sums = Math.addExact(Math.multiplyExact(width, shape.ocg()), tile);
    this.noBias = new float[shape.oc()];
    this.workspace =
        new WorkspaceSpec(0, sums + PaddedLines.floats(shape, lines, width, shape.ic()));
  }

  /** The tiles with the fewest idle lanes, the widest of them. */
  private static List<TapKernel> narrowest(List<List<TapKernel>> widths, int channels) {
    List<TapKernel> best = null;
    for (List<TapKernel> width : widths) {
      if (best == null || padded(channels, width) < padded(channels, best)) {
        best = width;
      }
    }
    return best;
  }

  private static int padded(int channels, List<TapKernel> tiles) {
    int nr = tiles.getFirst().nr();
    return Math.ceilDiv(channels, nr) * nr;
  }

  /** Into how many tasks the work is cut for a team of so many. */
  int tasks(int workers) {
    return cut.tasks(cut.of(workers));
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
    return "conv-direct nr" + nr + " g" + shape.groups() + " w" + shape.w();
  }

  @Override
  public long packedFloats() {
    return shape.groups() * groupFloats();
  }

  private long groupFloats() {
    return (long) panels * nr * taps;
  }

  /** packed: [groups][ceil(ocg / nr)][kd][kh][kw][icg][nr], lanes past ocg are 0. */
  @Override
  public void pack(Tensor w, float[] packed) {
    RowsForward.pack(shape, nr, w, packed);
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
    LineCut.Cut now = cut.of(team.workers());
    try (Call call = calls.take()) {
      call.grid = now.grid();
      call.parts = now.parts();
      call.width = now.width();
      call.set(x, xOff, w, epilogue, noBias, r, rOff, y, yOff, ws);
      team.forEach(cut.tasks(now), call.block);
    }
  }

  private final class Call extends ForwardFrame {
    private TaskGrid grid;
    private int parts;
    private int width;
    private final TaskBody block = this::block;

    /** Some lines of a plane of outputs, or the same part of each. */
    private void block(int task, int worker) {
      int part = task / grid.tasks() % parts;
      int plane = task / grid.tasks() / parts;
      int ox0 = part * width;
      int m = Math.min(width, shape.ow() - ox0);
      int line0 = task % grid.tasks() * grid.rows();
      int lines = Math.min(grid.rows(), shape.oh() - line0);
      int own = ws.workerOffset(worker);
      int kz0 = Depth.first(shape, plane % shape.od());
      int kz1 = Depth.end(shape, plane % shape.od());
      padded.copy(
          x, xOff, shape.ic(), plane, kz0, kz1, line0, lines, ox0, m, ws.array(), own + sums);
      int deep = taps / shape.kd();
      for (int i = 0; i < lines; i++) {
        int window = own + sums + padded.line(i);
        int to = ((plane * shape.oh() + line0 + i) * shape.ow() + ox0) * shape.oc();
        for (int g = 0; g < shape.groups(); g++) {
          int first = window + g * shape.icg();
          line(g, kz0 * deep, (kz1 - kz0) * deep, first, m, to + g * shape.ocg(), own);
        }
      }
    }

    /** m outputs of a group; where there is a residual, which may be y, sums wait for it. */
    private void line(int g, int tap, int steps, int window, int m, int to, int own) {
      int ocg = shape.ocg();
      float[] c = r == null ? y : ws.array();
      int cOff = r == null ? yOff + to : own;
      int ldc = r == null ? shape.oc() : ocg;
      for (int panel = 0; panel < panels; panel++) {
        int j0 = panel * nr;
        int from = (int) (g * groupFloats()) + j0 * taps + tap * nr;
        int n = Math.min(nr, ocg - j0);
        panel(g * ocg + j0, n, tap, steps, window, m, from, c, cOff + j0, ldc, own);
      }
      ending.run(activation, m, ocg, r, rOff + to, c, cOff, ldc, y, yOff + to, shape.oc());
    }

    /** n channels of m outputs. */
    private void panel(
        int channel,
        int n,
        int tap,
        int steps,
        int window,
        int m,
        int from,
        float[] c,
        int cOff,
        int ldc,
        int own) {
      float[] a = ws.array();
      int scratch = own + sums - nr; // one row, then tiles before it
      float[] start = bias;
      int startOff = biasOff + channel;
      if (n < nr) {
        System.arraycopy(bias, startOff, a, scratch, n);
        start = a;
        startOff = scratch;
      }
      int ox = 0;
      for (TapKernel kernel : tiles) {
        int mr = kernel.mr();
        int count = (m - ox) / mr;
        if (n == nr) {
          int at = window + ox * padded.step();
          kernel.strip(
              count,
              steps,
              padded.at(),
              tap,
              a,
              at,
              padded.step(),
              w,
              from,
              start,
              startOff,
              c,
              cOff + ox * ldc,
              ldc);
          ox += count * mr;
          continue;
        }
        for (int t = 0; t < count; t++) {
          int at = window + ox * padded.step();
          int tile = scratch - mr * nr;
          kernel.strip(
              1,
              steps,
              padded.at(),
              tap,
              a,
              at,
              padded.step(),
              w,
              from,
              start,
              startOff,
              a,
              tile,
              nr);
          for (int i = 0; i < mr; i++) {
            System.arraycopy(a, tile + i * nr, c, cOff + (ox + i) * ldc, n);
          }
          ox += mr;
        }
      }
    }

    @Override
    protected void clear() {
      super.clear();
      grid = null;
    }
  }
}
