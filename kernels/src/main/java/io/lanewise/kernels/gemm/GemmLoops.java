package io.lanewise.kernels.gemm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import java.util.Arrays;

/**
 * The five loops of a blocked matrix product (Goto and van de Geijn, Anatomy of high-performance
 * matrix multiplication, ACM TOMS 34(3), 2008, §4; loop names as in BLIS): jc over columns (L3), pc
 * over the sum (L1), then tasks over ic (L2) and blocks of jr, and inside a task {@link
 * MacroKernel}'s jr and ir. Either operand may be packed beforehand by {@link Packing#packAll}.
 * Blocks and tasks depend on the shape alone, and each element of C is one chain in the order of k.
 */
public final class GemmLoops {
  private static final int TASK_TILES_M =
      8; // a task is up to 8 x 4 register tiles: some 30 us at kc
  private static final int TASK_TILES_N = 4;
  private static final int TASK_PANELS = 8; // of a packing task

  private final int m;
  private final int n;
  private final int k;
  private final GemmBlocking blocking;
  private final MacroKernel macro;
  private final Packing packA;
  private final Packing packB;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /**
   * Plans C[m x n] over a sum of length k.
   *
   * @param transposeA A is stored [k][m]
   * @param transposeB B is stored [n][k]
   */
  public GemmLoops(int m, int n, int k, boolean transposeA, boolean transposeB, Target target) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.blocking = GemmBlocking.of(target.kernels().gemm(), target.machine());
    this.macro = new MacroKernel(target.kernels().gemm());
    this.packA = Packing.ofA(blocking.mr(), transposeA, transposeA ? m : k);
    this.packB = Packing.ofB(blocking.nr(), transposeB, transposeB ? k : n);
  }

  /** The blocking in use. */
  public GemmBlocking blocking() {
    return blocking;
  }

  /** Packs B beforehand: {@link #packedBFloats()} floats into {@code dst}. */
  public void packB(float[] src, int srcOff, float[] dst) {
    packB.packAll(src, srcOff, n, k, blocking.kc(), dst, 0);
  }

  /** Size of B packed beforehand. */
  public long packedBFloats() {
    return (long) blocking.padN(n) * k;
  }

  /** Scratch memory of {@link #run}. */
  public WorkspaceSpec workspace(boolean bIsPacked) {
    long kc = Math.min(k, blocking.kc());
    long a = blocking.padM(m) * kc;
    long b = bIsPacked ? 0 : blocking.padN(Math.min(n, blocking.nc())) * kc;
    return new WorkspaceSpec(a + b, macro.scratchFloats());
  }

  /**
   * Computes {@code C = A·B} or {@code C += A·B}.
   *
   * @param a as planned, read
   * @param b as planned, or packed by {@link #packB}, read
   * @param c [m][n] from {@code cOff}, written or added to
   * @param accumulate add to C instead of overwriting it
   */
  public void run(
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      boolean bIsPacked,
      float[] c,
      int cOff,
      boolean accumulate,
      Workspace ws,
      Parallel par) {
    if (!accumulate) {
      Arrays.fill(c, cOff, cOff + m * n, 0f);
    }
    Parallel team = par.forWork(2L * m * n * k);
    try (Call call = calls.take()) {
      call.a = a;
      call.aOff = aOff;
      call.b = b;
      call.bOff = bOff;
      call.c = c;
      call.cOff = cOff;
      call.ws = ws;
      for (int jc = 0; jc < n; jc += blocking.nc()) {
        for (int pc = 0; pc < k; pc += blocking.kc()) {
          call.block(jc, pc, bIsPacked, team);
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
    private float[] c;
    private int cOff;
    private Workspace ws;
    private int jc;
    private int nc;
    private int pc;
    private int kc;
    private float[] panelsB;
    private int panelsBOff;

    private final TaskBody packRows = this::packRows;
    private final TaskBody packColumns = this::packColumns;
    private final TaskBody multiply = this::multiply;

    private void block(int blockJ, int blockP, boolean bIsPacked, Parallel team) {
      jc = blockJ;
      nc = Math.min(blocking.nc(), n - jc);
      pc = blockP;
      kc = Math.min(blocking.kc(), k - pc);
      team.forEach(Math.ceilDiv(m, TASK_PANELS * blocking.mr()), packRows);
      if (bIsPacked) {
        panelsB = b;
        panelsBOff = bOff + pc * blocking.padN(n) + jc * kc;
      } else {
        panelsB = ws.array();
        panelsBOff = ws.sharedOffset() + blocking.padM(m) * Math.min(k, blocking.kc());
        team.forEach(Math.ceilDiv(nc, TASK_PANELS * blocking.nr()), packColumns);
      }
      team.forEach(Math.ceilDiv(m, taskM()) * Math.ceilDiv(nc, taskN()), multiply);
    }

    private void packRows(int task, int worker) {
      int i = task * TASK_PANELS * blocking.mr();
      int here = Math.min(TASK_PANELS * blocking.mr(), m - i);
      packA.pack(a, aOff, i, here, pc, kc, ws.array(), ws.sharedOffset() + i * kc);
    }

    private void packColumns(int task, int worker) {
      int j = task * TASK_PANELS * blocking.nr();
      int here = Math.min(TASK_PANELS * blocking.nr(), nc - j);
      packB.pack(b, bOff, jc + j, here, pc, kc, panelsB, panelsBOff + j * kc);
    }

    private void multiply(int task, int worker) {
      int tasksM = Math.ceilDiv(m, taskM());
      int ic = task % tasksM * taskM();
      int jb = task / tasksM * taskN();
      macro.run(
          Math.min(taskM(), m - ic),
          Math.min(taskN(), nc - jb),
          kc,
          ws.array(),
          ws.sharedOffset() + ic * kc,
          panelsB,
          panelsBOff + jb * kc,
          c,
          cOff + jc + ic * n + jb,
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
      c = null;
      ws = null;
      panelsB = null;
    }
  }
}
