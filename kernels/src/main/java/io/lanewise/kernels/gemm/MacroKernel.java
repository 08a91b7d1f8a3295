package io.lanewise.kernels.gemm;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.MicroKernel;
import io.lanewise.kernels.micro.Target;
import java.util.List;

/**
 * The innermost loops over register tiles, pc, jr and ir: what every algorithm that multiplies rows
 * by packed panels shares.
 */
public final class MacroKernel {
  private final RowTiles tiles;
  private final MicroKernel least;
  private final int mr;
  private final int nr;
  private final int kc;
  private final boolean touches; // what comes next, tile by tile
  private final int tail; // columns of a last panel that has tiles of its own
  private final boolean tailFits; // those tiles have that many columns, no more
  private final RowTiles tailTiles; // null for none

  /**
   * For products by a B of {@code n} columns, packed beforehand, on a machine.
   *
   * @param floatsOfB how much of B goes by before any of it is read again
   */
  public static MacroKernel of(Target target, int n, long floatsOfB) {
    KernelSet kernels = target.kernels();
    List<MicroKernel> tiles = kernels.gemm();
    boolean far = floatsOfB > target.machine().l2Bytes() / Float.BYTES / 2;
    if (far && !GemmBlocking.streams(target.machine())) {
      tiles = kernels.gemmFromAfar();
    } else if (isWide(n, kernels)) {
      tiles = kernels.gemmWide();
    }
    return of(tiles, GemmBlocking.packedKc(tiles, target.machine()), n, kernels);
  }

  /** For {@code n} columns in panels of {@code tiles}, pieces of the sum {@code kc} long. */
  static MacroKernel of(List<MicroKernel> tiles, int kc, int n, KernelSet kernels) {
    int nr = tiles.getFirst().nr();
    boolean narrow = nr == kernels.gemm().getFirst().nr();
    int width = narrow ? tailWidth(n, kernels) : 0;
    List<MicroKernel> tails = width == 0 ? List.of() : kernels.gemmTail(width);
    return new MacroKernel(tiles, kc, n % nr, width == n % nr, tails);
  }

  /**
   * Columns of the narrowest tiles that hold what {@code n} columns leave for a last panel; 0 if it
   * is nothing or takes a whole one.
   */
  private static int tailWidth(int n, KernelSet kernels) {
    int nr = kernels.gemm().getFirst().nr();
    for (int width = n % nr; width > 0 && width < nr; width++) {
      if (!kernels.gemmTail(width).isEmpty()) {
        return width;
      }
    }
    return 0;
  }

  /** True if {@code n} columns fill wide panels as well as others. */
  static boolean isWide(int n, KernelSet kernels) {
    List<MicroKernel> wide = kernels.gemmWide();
    return tailWidth(n, kernels) == 0 && padded(n, wide) == padded(n, kernels.gemm());
  }

  private static int padded(int n, List<MicroKernel> tiles) {
    return GemmBlocking.roundUp(n, tiles.getFirst().nr());
  }

  /** Runs {@code tiles}, pieces of the sum {@code kc} long. */
  public MacroKernel(List<MicroKernel> tiles, int kc) {
    this(tiles, kc, 0, false, List.of());
  }

  private MacroKernel(
      List<MicroKernel> tiles, int kc, int tail, boolean tailFits, List<MicroKernel> tailTiles) {
    this.tiles = new RowTiles(tiles);
    this.least = tiles.getLast();
    this.mr = tiles.getFirst().mr();
    this.nr = least.nr();
    this.kc = kc;
    this.touches = tiles.getFirst().touches();
    this.tailFits = tailFits;
    this.tail = tailTiles.isEmpty() ? 0 : tail;
    this.tailTiles = tailTiles.isEmpty() ? null : new RowTiles(tailTiles);
  }

  /** Rows of the greatest tile. */
  public int mr() {
    return mr;
  }

  /** Columns of the tiles. */
  public int nr() {
    return nr;
  }

  /** The longest piece of a sum; {@link GemmBlocking#piece} cuts longer ones evenly. */
  public int kc() {
    return kc;
  }

  /** Scratch floats of one call: register tiles for the borders, and a kernel's sink. */
  public int scratchFloats() {
    return 3 * mr * nr + kc;
  }

  /**
   * Computes {@code C[m x n] = S + A·B} over {@code k} steps.
   *
   * @param a [m][k] from {@code aOff} with rows {@code lda} apart, read
   * @param b [ceil(n / nr)][k][nr] from {@code bOff} with panels {@code panel} apart, read
   * @param s [m][n] from {@code sOff} with rows {@code lds} apart, read; may be c, or one row for
   *     all ({@code lds} 0)
   * @param c [m][n] from {@code cOff} with rows {@code ldc} apart, written
   * @param tile {@link #scratchFloats()} from {@code tileOff}, overwritten
   */
  public void run(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int panel,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] tile,
      int tileOff) {
    int piece = GemmBlocking.piece(k, kc);
    int pc = 0;
    do {
      int steps = Math.min(k - pc, piece);
      int at = bOff + pc * nr;
      int then = pc + steps < k ? at + steps * nr : at; // the first panel of the next piece
      boolean first = pc == 0; // later pieces go on where the chains stopped, in C
      piece(
          m,
          n,
          steps,
          a,
          aOff + pc,
          lda,
          b,
          at,
          panel,
          then,
          first ? s : c,
          first ? sOff : cOff,
          first ? lds : ldc,
          c,
          cOff,
          ldc,
          tile,
          tileOff);
      pc += steps;
    } while (pc < k);
  }

  /** A piece of the sum: a panel of B stays in L1 while A's rows pass by. */
  private void piece(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int panel,
      int then,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] tile,
      int tileOff) {
    int at = bOff;
    for (int jr = 0; jr < n; jr += nr) {
      int columns = Math.min(nr, n - jr);
      int next = n - jr > nr ? at + panel : then;
      panel(
          columns, m, k, a, aOff, lda, b, at, next, s, sOff + jr, lds, c, cOff + jr, ldc, tile,
          tileOff);
      at += panel;
    }
  }

  /** One panel of up to nr columns. */
  void panel(
      int columns,
      int m,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int next,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] tile,
      int tileOff) {
    if (columns == nr) {
      rows(m, k, a, aOff, lda, b, bOff, next, s, sOff, lds, c, cOff, ldc, tile, tileOff);
      return;
    }
    int done = 0;
    if (tailTiles != null && tailFits && columns == tail) {
      // Tail tiles read whole panels; the last rows of an array may end before.
      done = Math.min(m, wholeRows(c, cOff, ldc));
      done = lds == 0 ? done : Math.min(done, wholeRows(s, sOff, lds));
      tail(done, k, a, aOff, lda, b, bOff, s, sOff, lds, c, cOff, ldc, tile, tileOff);
    }
    if (done < m) {
      int from = aOff + done * lda;
      int start = sOff + done * lds;
      int to = cOff + done * ldc;
      border(
          columns, m - done, k, a, from, lda, b, bOff, next, s, start, lds, c, to, ldc, tile,
          tileOff);
    }
  }

  /** Rows from {@code off} on behind whose starts an array has room for a whole panel. */
  private int wholeRows(float[] array, int off, int ld) {
    int room = array.length - off - nr;
    return room < 0 ? 0 : ld == 0 ? Integer.MAX_VALUE : room / ld + 1;
  }

  /** Rows of a last panel, by the tiles that write its columns only. */
  private void tail(
      int m,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] tile,
      int tileOff) {
    float[] start = s;
    int startOff = sOff;
    if (lds == 0) {
      System.arraycopy(s, sOff, tile, tileOff, tail);
      start = tile;
      startOff = tileOff;
    }
    int ir = 0;
    for (MicroKernel kernel = tailTiles.first(m);
        kernel != null;
        kernel = tailTiles.first(m - ir)) {
      int count = tailTiles.count(m - ir);
      kernel.strip(
          count,
          k,
          a,
          aOff + ir * lda,
          lda,
          b,
          bOff,
          start,
          startOff + ir * lds,
          lds,
          c,
          cOff + ir * ldc,
          ldc,
          b,
          bOff,
          tile,
          tileOff);
      ir += count * kernel.mr();
    }
  }

  /** All rows of one panel; meanwhile the tiles touch the one that comes next. */
  private void rows(
      int m,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int next,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] tile,
      int tileOff) {
    int sink = tileOff + 2 * mr * nr;
    int touch = MicroKernel.AHEAD * k; // floats of one tile
    int ahead = next;
    int end = Math.min(next + k * nr, b.length);
    int ir = 0;
    for (MicroKernel kernel = tiles.first(m); kernel != null; kernel = tiles.first(m - ir)) {
      int count = touches ? 1 : tiles.count(m - ir);
      kernel.strip(
          count,
          k,
          a,
          aOff + ir * lda,
          lda,
          b,
          bOff,
          s,
          sOff + ir * lds,
          lds,
          c,
          cOff + ir * ldc,
          ldc,
          b,
          ahead + touch <= end ? ahead : bOff,
          tile,
          sink);
      ahead += touch;
      ir += count * kernel.mr();
    }
    // Fewer rows than the least tile has: it computes each of them several times over.
    for (; ir < m; ir++) {
      least.run(
          k,
          a,
          aOff + ir * lda,
          0,
          b,
          bOff,
          s,
          sOff + ir * lds,
          0,
          tile,
          tileOff,
          nr,
          b,
          bOff,
          tile,
          sink);
      System.arraycopy(tile, tileOff, c, cOff + ir * ldc, nr);
    }
  }

  /**
   * A panel of fewer than nr columns: tiles in scratch memory, of which so many columns go back;
   * narrow tiles where they hold them.
   */
  private void border(
      int columns,
      int m,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int next,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] tile,
      int tileOff) {
    int spare = tileOff + mr * nr;
    for (int ir = 0; ir < m; ir += mr) {
      int here = Math.min(mr, m - ir);
      copyCorner(here, columns, s, sOff + ir * lds, lds, tile, tileOff, nr);
      int from = aOff + ir * lda;
      if (tailTiles != null && columns == tail) {
        tail(here, k, a, from, lda, b, bOff, tile, tileOff, nr, tile, tileOff, nr, tile, spare);
      } else {
        int then = ir == 0 ? next : bOff;
        rows(
            here, k, a, from, lda, b, bOff, then, tile, tileOff, nr, tile, tileOff, nr, tile,
            spare);
      }
      copyCorner(here, columns, tile, tileOff, nr, c, cOff + ir * ldc, ldc);
    }
  }

  private static void copyCorner(
      int rows,
      int columns,
      float[] src,
      int srcOff,
      int srcLd,
      float[] dst,
      int dstOff,
      int dstLd) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(src, srcOff + i * srcLd, dst, dstOff + i * dstLd, columns);
    }
  }
}
