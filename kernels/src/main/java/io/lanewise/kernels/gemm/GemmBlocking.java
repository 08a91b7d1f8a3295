package io.lanewise.kernels.gemm;

import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.platform.Machine;

/**
 * Sizes of the blocks that keep a matrix product in the caches; they change no bit of the result.
 *
 * @param mr rows of the register tile
 * @param nr columns of the register tile
 * @param kc length of a panel: one panel of A and one of B lie in L1 together, with room for C and
 *     the next ones
 * @param mc rows of a block of A, a multiple of mr: the block takes up to half of L2
 * @param nc columns of a block of B, a multiple of nr: the block lies in L2 or L3
 */
public record GemmBlocking(int mr, int nr, int kc, int mc, int nc) {
  private static final int MAX_KC = 384;
  private static final int MAX_NC = 4096;

  /** The blocking for a kernel on a machine: a pure function of tile and cache sizes. */
  public static GemmBlocking of(MicroKernel kernel, Machine machine) {
    int mr = kernel.mr();
    int nr = kernel.nr();
    int floatsInL1 = machine.l1Bytes() / Float.BYTES;
    int kc = Math.clamp(floatsInL1 * 5L / 8 / (mr + nr) / 16 * 16, 32, MAX_KC);
    int mc = Math.max(mr, machine.l2Bytes() / Float.BYTES / 2 / kc / mr * mr);
    int nc = Math.max(nr, MAX_NC / nr * nr);
    return new GemmBlocking(mr, nr, kc, mc, nc);
  }

  /** {@code m} rounded up to whole tiles. */
  public int padM(int m) {
    return roundUp(m, mr);
  }

  /** {@code n} rounded up to whole tiles. */
  public int padN(int n) {
    return roundUp(n, nr);
  }

  /** {@code value} rounded up to a multiple of {@code step}. */
  public static int roundUp(int value, int step) {
    return Math.multiplyExact(Math.ceilDiv(value, step), step);
  }
}
