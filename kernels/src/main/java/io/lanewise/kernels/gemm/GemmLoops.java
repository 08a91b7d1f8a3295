package io.lanewise.kernels.gemm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;

/**
 * The five loops of a blocked matrix product (Goto and van de Geijn, Anatomy of high-performance
 * matrix multiplication, ACM TOMS 34(3), 2008, §4; loop names as in BLIS): jc over columns and pc
 * over the sum, whose block of B lies in L2; then tasks over ic and blocks of jr, and inside a task
 * {@link MacroKernel}'s jr and ir. A is read where it lies; if it is stored transposed, its block
 * is turned first. Blocks and tasks depend on the shape alone, and each element of C is one chain
 * in the order of k.
 */
public final class GemmLoops {
  private static final int TASK_TILES_M = 16; // a task is up to 16 x 4 register tiles
  private static final int TASK_TILES_N = 4;
  private static final int TASK_PANELS = 8; // of a packing task

  private final int m;
  private final int n;
  private final int k;
  private final boolean transposeA;
  private final GemmBlocking blocking;
  private final MacroKernel macro;
  private final TransposeKernel turnA;
  private final Packing packB;
  private final float[] zeros;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /**
   * Plans C[m x n] over a sum of length k.
   *
   * @param transposeA A is stored [k][m]
   * @param transposeB B is stored [n][k]
   */
  public GemmLoops(int m, int n, int k, boolean transposeA, boolean transposeB, Target target) {
    KernelSet kernels = target.kernels();
    this.m = m;
    this.n = n;
    this.k = k;
    this.transposeA = transposeA;
    this.blocking = GemmBlocking.of(kernels.gemm(), target.machine());
    this.macro = new MacroKernel(kernels.gemm(), blocking.kc());
    this.turnA = kernels.transpose(m);
    this.packB = new Packing(blocking.nr(), transposeB, transposeB ? k : n, kernels);
    this.zeros = new float[n];
  }

  /** Packs B beforehand: {@link #packedBFloats()} floats into {@code dst}. */
  public void packB(float[] src, int srcOff, float[] dst) {
    packB.pack(src, srcOff, 0, n, 0, k, dst, 0, k * blocking.nr());
  }

  /** Size of B packed beforehand. */
  public long packedBFloats() {
    return (long) blocking.padN(n) * k;
  }

  /** How B is packed beforehand, in words. */
  public String layout() {
    return "nr" + blocking.nr();
  }

  /** Scratch memory of {@link #run}. */
  public WorkspaceSpec workspace(boolean bIsPacked) {
    long kc = Math.min(k, blocking.kc());
    long a = transposeA ? m * (bIsPacked ? k : kc) : 0;
    long b = bIsPacked ? 0 : blocking.padN(Math.min(n, blocking.nc())) * kc;
    return new WorkspaceSpec(a + b, macro.scratchFloats());
  }

  /**
   * Computes {@code C = S + A·B}.
   *
   * @param a as planned, read
   * @param b as planned, or packed by {@link #packB}, read
   * @param s where the sums start, [m][n] with rows {@code lds} apart, read: c itself, one row for
   *     all ({@code lds} 0), or null for zeros
   * @param c [m][n] from {@code cOff}, written
   */
  public void run(
      float[] a,
      int aOff,
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
    Parallel team = par.forWork(2L * m * n * k);
    try (Call call = calls.take()) {
      call.a = a;
      call.aOff = aOff;
      call.b = b;
      call.bOff = bOff;
      call.s = s == null ? zeros : s;
      call.sOff = s == null ? 0 : sOff;
      call.lds = s == null ? 0 : lds;
      call.c = c;
      call.cOff = cOff;
      call.ws = ws;
      if (bIsPacked) {
        call.block(0, n, 0, k, true, team);
        return;
      }
      for (int jc = 0; jc < n; jc += blocking.nc()) {
        int nc = Math.min(blocking.nc(), n - jc);
        call.block(jc, nc, 0, Math.min(blocking.kc(), k), false, team);
        for (int pc = blocking.kc(); pc < k; pc += blocking.kc()) {
          call.block(jc, nc, pc, Math.min(blocking.kc(), k - pc), false, team);
        }
      }
    }
  }

  /** One product, and the block of it that is being computed. */
  private final class Call extends CallFrame {
    private float[] a;
    private int aOff;
    private float[] b;
    private int bOff;
    private float[] s;
    private int sOff;
    private int lds;
    private float[] c;
    private int cOff;
    private Workspace ws;
    private int jc;
    private int nc;
    private int pc;
    private int kc;
    private float[] rowsA;
    private int rowsAOff;
    private int lda;
    private float[] panelsB;
    private int panelsBOff;
    private int panel;

    private final TaskBody turnRows = this::turnRows;
    private final TaskBody packColumns = this::packColumns;
    private final TaskBody multiply = this::multiply;

    private void block(int j, int columns, int p, int steps, boolean bIsPacked, Parallel team) {
      jc = j;
      nc = columns;
      pc = p;
      kc = steps;
      int used = 0;
      if (transposeA) {
        rowsA = ws.array();
        rowsAOff = ws.sharedOffset();
        lda = kc;
        used = m * kc;
        team.forEach(Math.ceilDiv(m, taskM()), turnRows);
      } else {
        rowsA = a;
        rowsAOff = aOff + pc;
        lda = k;
      }
      if (bIsPacked) {
        panelsB = b;
        panelsBOff = bOff;
      } else {
        panelsB = ws.array();
        panelsBOff = ws.sharedOffset() + used;
        team.forEach(Math.ceilDiv(nc, TASK_PANELS * blocking.nr()), packColumns);
      }
      panel = kc * blocking.nr();
      team.forEach(Math.ceilDiv(m, taskM()) * Math.ceilDiv(nc, taskN()), multiply);
    }

    private void turnRows(int task, int worker) {
      int i = task * taskM();
      int here = Math.min(taskM(), m - i);
      turnA.run(a, aOff + pc * m + i, kc, here, rowsA, rowsAOff + i * kc, kc);
    }

    private void packColumns(int task, int worker) {
      int j = task * TASK_PANELS * blocking.nr();
      int here = Math.min(TASK_PANELS * blocking.nr(), nc - j);
      packB.pack(b, bOff, jc + j, here, pc, kc, panelsB, panelsBOff + j * kc, kc * blocking.nr());
    }

    private void multiply(int task, int worker) {
      int tasksM = Math.ceilDiv(m, taskM());
      int ic = task % tasksM * taskM();
      int jb = task / tasksM * taskN();
      int at = cOff + ic * n + jc + jb;
      boolean first = pc == 0;
      macro.run(
          Math.min(taskM(), m - ic),
          Math.min(taskN(), nc - jb),
          kc,
          rowsA,
          rowsAOff + ic * lda,
          lda,
          panelsB,
          panelsBOff + jb * kc,
          panel,
          first ? s : c,
          first ? sOff + ic * lds + jc + jb : at,
          first ? lds : n,
          c,
          at,
          n,
          ws.array(),
          ws.workerOffset(worker));
    }

    private int taskM() {
      return Math.min(blocking.mc(), TASK_TILES_M * blocking.mr());
    }

    private int taskN() {
      return TASK_TILES_N * blocking.nr();
    }

    @Override
    protected void clear() {
      a = null;
      b = null;
      s = null;
      c = null;
      ws = null;
      rowsA = null;
      panelsB = null;
    }
  }
}
