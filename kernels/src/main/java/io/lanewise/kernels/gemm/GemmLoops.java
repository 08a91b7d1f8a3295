package io.lanewise.kernels.gemm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.micro.PackingMicroKernel;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.GemmShape;
import java.util.List;

/**
 * The loops of a blocked matrix product (Goto and van de Geijn, Anatomy of high-performance matrix
 * multiplication, ACM TOMS 34(3), 2008, §4; loop names as in BLIS): tasks over blocks of rows and
 * of panels; inside a task {@link FreshPanels}, or {@link MacroKernel} where B is packed already. A
 * is read where it lies; if it is stored transposed, it is turned first, and scaled if alpha is not
 * 1. Each element of C is one chain in the order of k, however it is cut.
 */
public final class GemmLoops {
  private static final int TURN_ROWS = 192; // of a task that prepares A

  private final int m;
  private final int n;
  private final int k;
  private final GemmShape shape;
  private final GemmBlocking blocking;
  private final int mostRows;
  private final int panels;
  private final int turnTasks; // of one product
  private final MacroKernel macro;
  private final FreshPanels fresh;
  private final CopyKernel copyA;
  private final TransposeKernel turnA;
  private final ElementwiseKernels elementwise;
  private final Packing packB;
  private final float[] zeros;
  private final FramePool<Call> calls = new FramePool<>(Call::new);
  private volatile Cut cut;

  /** A grid and the team that it was made for. */
  private record Cut(int workers, TaskGrid grid) {}

  /** Plans a batch of products. */
  public GemmLoops(GemmShape shape, Target target) {
    KernelSet kernels = target.kernels();
    this.shape = shape;
    this.m = shape.m();
    this.n = shape.n();
    this.k = shape.k();
    int ldb = shape.transposeB() ? k : n;
    boolean wide = MacroKernel.isWide(n, kernels);
    List<MicroKernel> tiles = wide ? kernels.gemmWide() : kernels.gemm();
    this.blocking = GemmBlocking.of(tiles, target.machine());
    this.mostRows = mostRows();
    this.panels = Math.ceilDiv(n, blocking.nr());
    this.turnTasks = Math.ceilDiv(m, TURN_ROWS);
    boolean far = (long) n * k > target.machine().l2Bytes() / Float.BYTES / 2;
    this.macro = MacroKernel.of(target, n, (long) n * k);
    MacroKernel near = MacroKernel.of(tiles, blocking.kc(), n, kernels);
    PackingMicroKernel first = wide ? kernels.gemmPackingWide() : kernels.gemmPacking();
    this.fresh = new FreshPanels(blocking, near, first, shape.transposeB(), ldb, far, kernels);
    this.copyA = kernels.copy();
    this.turnA = kernels.transpose(m);
    this.elementwise = kernels.elementwise();
    this.packB = new Packing(macro.nr(), shape.transposeB(), ldb, kernels);
    this.zeros = new float[n];
    this.cut = new Cut(1, grid(1));
  }

  /** Rows of equal blocks, as few as hold all of m. */
  private int mostRows() {
    int blocks = Math.max(1, Math.ceilDiv(m, blocking.mc()));
    return GemmBlocking.roundUp(Math.max(1, Math.ceilDiv(m, blocks)), blocking.mr());
  }

  /** How a team of so many shares the work. */
  TaskGrid grid(int workers) {
    return TaskGrid.of(
        m, mostRows, blocking.mr(), Math.max(1, panels), Math.max(1, shape.batch()), workers);
  }

  /** True if A has to be turned or scaled before it can be read row by row. */
  boolean preparesA() {
    return shape.transposeA() || shape.alpha() != 1;
  }

  /** Prepares A beforehand: [batch][m][k] in {@code dst}. */
  void prepareA(float[] src, int srcOff, float[] dst) {
    for (int task = 0; task < shape.batch() * turnTasks; task++) {
      prepareRows(task, src, srcOff, dst, 0);
    }
  }

  /** Some rows of one product's A. */
  private void prepareRows(int task, float[] src, int srcOff, float[] dst, int dstOff) {
    int image = task / turnTasks * m * k;
    int i = task % turnTasks * TURN_ROWS;
    int rows = Math.min(TURN_ROWS, m - i);
    int to = dstOff + image + i * k;
    if (shape.transposeA()) {
      turnA.run(src, srcOff + image + i, k, rows, dst, to, k);
    } else {
      copyA.run(src, srcOff + image + i * k, k, rows, k, dst, to, k);
    }
    if (shape.alpha() != 1) {
      elementwise.scale(dst, to, rows * k, shape.alpha());
    }
  }

  /** Packs B beforehand: {@link #packedBFloats()} floats into {@code dst}. */
  public void packB(float[] src, int srcOff, float[] dst) {
    int packed = Math.toIntExact(packedBFloats() / Math.max(1, shape.batch()));
    for (int q = 0; q < shape.batch(); q++) {
      int panel = k * macro.nr();
      packB.pack(src, srcOff + q * n * k, 0, n, 0, k, dst, q * packed, panel);
    }
  }

  /** Size of B packed beforehand. */
  public long packedBFloats() {
    return (long) shape.batch() * paddedN() * k;
  }

  private int paddedN() {
    return GemmBlocking.roundUp(n, macro.nr());
  }

  /** How B is packed beforehand, in words. */
  public String layout() {
    return "nr" + macro.nr();
  }

  /** Scratch memory of {@link #run} where B may be packed or not. */
  public WorkspaceSpec workspace() {
    return workspace(true).max(workspace(false));
  }

  /** Scratch memory of {@link #run}. */
  public WorkspaceSpec workspace(boolean bIsPacked) {
    return new WorkspaceSpec(
        preparesA() ? (long) shape.batch() * m * k : 0,
        bIsPacked ? macro.scratchFloats() : fresh.scratchFloats());
  }

  /**
   * Computes {@code C = S + alpha·A·B}; but if the shape's beta is neither 0 nor 1, S must be C and
   * is multiplied by it first.
   *
   * @param a as planned, or from {@link #prepareA}, read
   * @param b as planned, or packed by {@link #packB}, read
   * @param s where the sums start, [m][n] with rows {@code lds} apart, read: c itself, one row for
   *     all ({@code lds} 0), or null for zeros
   * @param c [batch][m][n] from {@code cOff}, written
   */
  public void run(
      float[] a,
      int aOff,
      boolean aIsPrepared,
      float[] b,
      int bOff,
      boolean bIsPacked,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      Workspace ws,
      Parallel par) {
    Parallel team = par.forWork(shape.flops());
    if (cut.workers() != team.workers()) {
      cut = new Cut(team.workers(), grid(team.workers()));
    }
    try (Call call = calls.take()) {
      call.grid = cut.grid();
      call.a = a;
      call.aOff = aOff;
      call.b = b;
      call.bOff = bOff;
      call.bIsPacked = bIsPacked;
      call.s = s == null ? zeros : s;
      call.sOff = s == null ? 0 : sOff;
      call.lds = s == null ? 0 : lds;
      call.c = c;
      call.cOff = cOff;
      call.ws = ws;
      if (preparesA() && !aIsPrepared) {
        team.forEach(shape.batch() * turnTasks, call.prepare);
        call.a = ws.array();
        call.aOff = ws.sharedOffset();
      }
      team.forEach(shape.batch() * call.grid.tasks(), call.multiply);
    }
  }

  private final class Call extends CallFrame {
    private TaskGrid grid;
    private float[] a;
    private int aOff;
    private float[] b;
    private int bOff;
    private boolean bIsPacked;
    private float[] s;
    private int sOff;
    private int lds;
    private float[] c;
    private int cOff;
    private Workspace ws;

    private final TaskBody prepare = this::prepare;
    private final TaskBody multiply = this::multiply;

    private void prepare(int task, int worker) {
      prepareRows(task, a, aOff, ws.array(), ws.sharedOffset());
    }

    /** Some rows and panels of one product. */
    private void multiply(int task, int worker) {
      int q = task / grid.tasks();
      int i = task % grid.tasks() / grid.panelBlocks() * grid.rows();
      int j = task % grid.panelBlocks() * grid.panels() * blocking.nr();
      int rows = Math.min(grid.rows(), m - i);
      int columns = Math.min(grid.panels() * blocking.nr(), n - j);
      int from = aOff + q * m * k + i * k;
      int to = cOff + q * m * n + i * n + j;
      int start = lds == 0 ? sOff + j : to; // of a batch s is c
      if (shape.beta() != 0 && shape.beta() != 1) {
        for (int row = 0; row < rows; row++) {
          elementwise.scale(c, to + row * n, columns, shape.beta());
        }
      }
      float[] scratch = ws.array();
      int scratchOff = ws.workerOffset(worker);
      if (bIsPacked) {
        int panel = k * macro.nr();
        int packed = bOff + q * paddedN() * k + j * k;
        macro.run(
            rows,
            columns,
            k,
            a,
            from,
            k,
            b,
            packed,
            panel,
            s,
            start,
            lds,
            c,
            to,
            n,
            scratch,
            scratchOff);
      } else {
        int stored = bOff + q * n * k;
        fresh.run(
            rows,
            columns,
            k,
            a,
            from,
            k,
            b,
            stored,
            j,
            s,
            start,
            lds,
            c,
            to,
            n,
            scratch,
            scratchOff);
      }
    }

    @Override
    protected void clear() {
      grid = null;
      a = null;
      b = null;
      s = null;
      c = null;
      ws = null;
    }
  }
}
