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
 * Channels-last convolution as one matrix product for each group, over all images at once:
 * y[pixels][ocg] = rows[pixels][taps] · w[taps][ocg], lanes on output channels. The rows are the
 * pixels' windows, copied block by block into a worker's own memory ({@code im2row}); those of a
 * 1x1 kernel lie in x already ({@code pointwise}). Computes what {@code ReferenceConv.forward}
 * computes, for every shape.
 *
 * <p>Where windows reach over the first or last plane of an image, each plane of outputs is a
 * product of its own, of the taps that lie in the image along depth: of two planes by a kernel of
 * three that is two thirds of the work.
 */
final class RowsForward implements ForwardCore {
  static final String IM2ROW = "im2row";
  static final String POINTWISE = "pointwise";

  private static final int MOST_ROWS = 120;
  private static final int LEAST_ROWS = 12; // of whole windows, where there are more

  private final ConvShape shape;
  private final boolean inPlace;
  private final MacroKernel macro;
  private final PanelProduct product;
  private final Im2row im2row; // null if rows are read where they lie
  private final int mr;
  private final int nr;
  private final int taps;
  private final int planes; // products of a group: one, or one for each plane of outputs
  private final int rows; // of a product
  private final int panels;
  private final int piece; // taps of a window that are copied at a time
  private final int mostRows;
  private final int rowFloats; // distance between copied rows
  private final float[] noBias;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);
  private volatile Cut cut;

  /** A grid and the team that it was made for. */
  private record Cut(int workers, TaskGrid grid) {}

  RowsForward(ConvShape shape, Target target) {
    this.shape = shape;
    this.inPlace = rowsLieInX(shape);
    this.macro = MacroKernel.of(target, shape.ocg(), shape.w().size());
    this.im2row = inPlace ? null : new Im2row(shape, target.kernels().copy());
    this.mr = macro.mr();
    this.nr = macro.nr();
    this.taps = shape.reduction();
    int pixels = Math.multiplyExact(shape.n(), shape.yPixels());
    this.planes = Depth.share(shape) < 1 ? shape.n() * shape.od() : 1;
    this.rows = pixels / Math.max(1, planes);
    this.panels = Math.ceilDiv(shape.ocg(), nr);
    int floatsInL2 = target.machine().l2Bytes() / Float.BYTES;
    this.piece = inPlace ? taps : piece(floatsInL2);
    this.rowFloats = inPlace ? 0 : rowFloats(piece);
    this.mostRows = mostRows(floatsInL2);
    this.noBias = new float[shape.oc()];
    Ending ending = new Ending(target.kernels());
    this.product = new PanelProduct(macro, ending, taps, piece, shape.ocg(), shape.oc(), mostRows);
    this.workspace = new WorkspaceSpec(0, product.scratchFloats() + (long) mostRows * rowFloats);
    this.cut = new Cut(1, grid(1));
  }

  /**
   * Whole windows, but where a block of all rows does not fit into half of L2, and the weights not
   * into the other: there as many taps of each as fit, or all weights would go by once for each
   * block of rows (49 of 4,608 taps on 1 MB: 0.71 of the peak, in pieces 0.78). Several blocks of
   * pieces pay only where a block of whole windows would have hardly any rows (9 of 13,824 taps:
   * 0.97, 120 in pieces 1.11, of which a sixth are not multiplied; 18 and more: no difference).
   */
  private int piece(int floatsInL2) {
    int all = Math.min(GemmBlocking.roundUp(rows, mr), MOST_ROWS);
    long fit = floatsInL2 / 2 / rowFloats(taps);
    boolean far = groupFloats() > floatsInL2 / 2;
    if (!far || all <= fit || (rows > MOST_ROWS && fit >= LEAST_ROWS)) {
      return taps;
    }
    int floats = floatsInL2 / 2 / Math.max(1, all) - rowFloats(0);
    return GemmBlocking.piece(taps, Math.max(1, floats / macro.kc()) * macro.kc());
  }

  /** Distance between copied rows: whole lines, no power of two. */
  private static int rowFloats(int taps) {
    return GemmBlocking.roundUp(taps, 16) + 16;
  }

  /** Rows of x, or copied ones, take up half of L2; three quarters where that holds all rows. */
  private int mostRows(int floatsInL2) {
    long row = inPlace ? taps : rowFloats;
    long all = GemmBlocking.roundUp(rows, mr);
    long fit = all * row <= floatsInL2 / 4 * 3L ? all : floatsInL2 / 2 / row / mr * mr;
    return Math.clamp(fit, mr, MOST_ROWS);
  }

  /** True for kernels of one tap that read every pixel once, in order. */
  static boolean rowsLieInX(ConvShape s) {
    return s.area() == 1
        && s.strideD() == 1
        && s.strideH() == 1
        && s.strideW() == 1
        && s.padding().isNone();
  }

  /** Products of which a grid is one. */
  int products() {
    return shape.groups() * planes;
  }

  /** How a team of so many shares a product, if it shares the others likewise. */
  TaskGrid grid(int workers) {
    return TaskGrid.of(rows, mostRows, mr, panels, products(), workers);
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public String algorithm() {
    return inPlace ? POINTWISE : IM2ROW;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public String layout() {
    return "conv-rows nr" + nr + " g" + shape.groups() + " w" + shape.w();
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
    pack(shape, nr, w, packed);
  }

  /** Packs weights in panels of nr channels, taps in the order (kz, ky, kx, c). */
  static void pack(ConvShape shape, int nr, Tensor w, float[] packed) {
    int area = shape.area();
    int taps = shape.reduction();
    int groupFloats = Math.ceilDiv(shape.ocg(), nr) * nr * taps;
    for (int o = 0; o < shape.oc(); o++) {
      int lane = o % shape.ocg();
      int to = o / shape.ocg() * groupFloats + lane / nr * nr * taps + lane % nr;
      int from = w.offset() + o * taps;
      for (int c = 0; c < shape.icg(); c++) {
        for (int tap = 0; tap < area; tap++) {
          packed[to + (tap * shape.icg() + c) * nr] = w.array()[from + c * area + tap];
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
      cut = new Cut(team.workers(), grid(team.workers()));
    }
    try (Call call = calls.take()) {
      call.grid = cut.grid();
      call.set(x, xOff, w, epilogue, noBias, r, rOff, y, yOff, ws);
      team.forEach(products() * call.grid.tasks(), call.block);
    }
  }

  private final class Call extends ForwardFrame {
    private TaskGrid grid;
    private final TaskBody block = this::block;

    /** Some rows and panels of one group, or of a plane of one. */
    private void block(int task, int worker) {
      int plane = task / grid.tasks() % planes;
      int g = task / grid.tasks() / planes;
      int row0 = task % grid.tasks() / grid.panelBlocks() * grid.rows();
      int j0 = task % grid.panelBlocks() * grid.panels() * nr;
      int m = Math.min(grid.rows(), rows - row0);
      int n = Math.min(grid.panels() * nr, shape.ocg() - j0);
      int own = ws.workerOffset(worker);
      int deep = taps / shape.kd();
      int first = planes == 1 ? 0 : Depth.first(shape, plane % shape.od()) * deep;
      int end = planes == 1 ? taps : Depth.end(shape, plane % shape.od()) * deep;
      int tap = first;
      do {
        int steps = Math.min(piece, end - tap);
        boolean last = tap + steps == end;
        piece(tap, steps, tap == first, last, g, plane * rows + row0, m, j0, n, own);
        tap += steps;
      } while (tap < end);
    }

    /** Some taps of some rows of one group by the panels from channel j0 on. */
    private void piece(
        int tap,
        int steps,
        boolean first,
        boolean last,
        int g,
        int row0,
        int m,
        int j0,
        int n,
        int own) {
      float[] a = x;
      int aOff = xOff + row0 * shape.ic() + g * shape.icg();
      int lda = shape.ic();
      if (!inPlace) {
        a = ws.array();
        aOff = own + product.scratchFloats();
        lda = rowFloats;
        im2row.packColumns(x, xOff, g, tap, tap + steps, row0, m, a, aOff, lda);
      }
      int at = g * shape.ocg() + j0;
      int panel = (int) (g * groupFloats()) + j0 * taps;
      int to = row0 * shape.oc() + at;
      product.run(
          tap,
          steps,
          first,
          last,
          m,
          n,
          a,
          aOff,
          lda,
          w,
          panel,
          bias,
          biasOff + at,
          activation,
          r,
          rOff + to,
          y,
          yOff + to,
          ws.array(),
          own);
    }

    @Override
    protected void clear() {
      super.clear();
      grid = null;
    }
  }
}
