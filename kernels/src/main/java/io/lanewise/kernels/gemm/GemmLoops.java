package io.lanewise.kernels.gemm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
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

  private final int m;
  private final int n;
  private final int k;
  private final GemmBlocking blocking;
  private final MacroKernel macro;
  private final Packing packA;
  private final Packing packB;

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
    float[] scratch = ws.array();
    int kcMax = Math.min(k, blocking.kc());
    int packedA = ws.sharedOffset();
    int packedB = packedA + blocking.padM(m) * kcMax;
    for (int jc = 0; jc < n; jc += blocking.nc()) {
      int nc = Math.min(blocking.nc(), n - jc);
      for (int pc = 0; pc < k; pc += blocking.kc()) {
        int kc = Math.min(blocking.kc(), k - pc);
        packBlock(packA, a, aOff, 0, m, pc, kc, scratch, packedA, team);
        if (bIsPacked) {
          int block = bOff + pc * blocking.padN(n) + jc * kc;
          compute(nc, kc, scratch, packedA, b, block, c, cOff + jc, ws, team);
        } else {
          packBlock(packB, b, bOff, jc, nc, pc, kc, scratch, packedB, team);
          compute(nc, kc, scratch, packedA, scratch, packedB, c, cOff + jc, ws, team);
        }
      }
    }
  }

  private static void packBlock(
      Packing packing,
      float[] src,
      int srcOff,
      int lane0,
      int lanes,
      int pc,
      int kc,
      float[] dst,
      int dstOff,
      Parallel team) {
    int chunk = 8 * packing.width();
    team.forEach(
        Math.ceilDiv(lanes, chunk),
        (task, worker) -> {
          int j = task * chunk;
          int here = Math.min(chunk, lanes - j);
          packing.pack(src, srcOff, lane0 + j, here, pc, kc, dst, dstOff + j * kc);
        });
  }

  private void compute(
      int nc,
      int kc,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] c,
      int cOff,
      Workspace ws,
      Parallel team) {
    int taskM = Math.min(blocking.mc(), TASK_TILES_M * blocking.mr());
    int taskN = TASK_TILES_N * blocking.nr();
    int tasksM = Math.ceilDiv(m, taskM);
    team.forEach(
        tasksM * Math.ceilDiv(nc, taskN),
        (task, worker) -> {
          int ic = task % tasksM * taskM;
          int jb = task / tasksM * taskN;
          macro.run(
              Math.min(taskM, m - ic),
              Math.min(taskN, nc - jb),
              kc,
              a,
              aOff + ic * kc,
              b,
              bOff + jb * kc,
              c,
              cOff + ic * n + jb,
              n,
              ws.array(),
              ws.workerOffset(worker));
        });
  }
}
