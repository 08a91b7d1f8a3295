package io.lanewise.kernels.gemm;

import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.platform.Machine;
import java.util.List;

/**
 * Sizes of the blocks that keep a matrix product in the caches; they change no bit of the result.
 *
 * <p>A large L1 holds a panel of B and a tile's rows of A for a sum of useful length: 6 rows by a
 * panel of 64 reach 0.96 of the peak at 144 steps, and 0.87 at 192, which do not fit (48 KB). One
 * of 32 KB would cut sums into pieces so short that going on in C costs more than it saves. There a
 * panel comes from L2 instead, line after line, which hardware fetches ahead (ADR 20).
 *
 * @param mr rows of the greatest register tile
 * @param nr columns of the register tiles
 * @param kc length of a panel: with a tile's rows of A it takes up fifteen sixteenths of L1, or
 *     {@value #STREAMED_KC} steps where it comes from L2
 * @param mc rows of a block, a multiple of mr: its piece of A takes up to an eighth of L2, or a
 *     quarter where panels come from there
 */
public record GemmBlocking(int mr, int nr, int kc, int mc) {
  private static final int MAX_KC = 384;
  private static final int STREAMED_KC = 384;
  private static final int STREAMED_PACKED_KC = 1024;
  private static final int SMALL_L1 = 32 << 10;

  /** The blocking for tiles on a machine: a pure function of tile and cache sizes. */
  public static GemmBlocking of(List<MicroKernel> tiles, Machine machine) {
    int mr = tiles.getFirst().mr();
    int nr = tiles.getFirst().nr();
    int floatsInL2 = machine.l2Bytes() / Float.BYTES;
    boolean streams = streams(machine);
    int kc = streams ? STREAMED_KC : kcInL1(mr, nr, machine);
    int mc = Math.max(mr, floatsInL2 / (streams ? 4 : 8) / kc / mr * mr);
    return new GemmBlocking(mr, nr, kc, mc);
  }

  private static int kcInL1(int mr, int nr, Machine machine) {
    int floatsInL1 = machine.l1Bytes() / Float.BYTES;
    return Math.clamp(floatsInL1 * 15L / 16 / (mr + nr) / 32 * 32, 32, MAX_KC);
  }

  /**
   * Length of a panel where B is packed beforehand; streamed, a panel takes up to a quarter of L2.
   */
  static int packedKc(List<MicroKernel> tiles, Machine machine) {
    int mr = tiles.getFirst().mr();
    int nr = tiles.getFirst().nr();
    int floatsInL2 = machine.l2Bytes() / Float.BYTES;
    return streams(machine)
        ? Math.clamp(floatsInL2 / 4L / nr / 32 * 32, 32, STREAMED_PACKED_KC)
        : kcInL1(mr, nr, machine);
  }

  /** True if panels come from L2 tile by tile. */
  static boolean streams(Machine machine) {
    return machine.l1Bytes() <= SMALL_L1;
  }

  /** {@code n} rounded up to whole tiles. */
  public int padN(int n) {
    return roundUp(n, nr);
  }

  /** Length of equal pieces of a sum of {@code k} steps, as few as are not longer than kc. */
  public static int piece(int k, int kc) {
    return k <= kc ? k : Math.ceilDiv(k, Math.ceilDiv(k, kc));
  }

  /** {@code value} rounded up to a multiple of {@code step}. */
  public static int roundUp(int value, int step) {
    return Math.multiplyExact(Math.ceilDiv(value, step), step);
  }
}
