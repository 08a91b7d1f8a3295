package io.lanewise.kernels.gemm;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PackingMicroKernel;

/**
 * A block of a product whose B nobody has packed: jc over columns, pc over pieces of the sum, jr
 * over panels. A panel is packed by the first tile that reads it and lies in L1 for the others; the
 * piece of A and the block of C stay in L2 meanwhile. So packing costs no pass of its own over B,
 * and no other task waits for it.
 *
 * <p>Rows of B that lie far apart come from L3 or memory a line or two at a time, each waited for.
 * So the rows of a piece are read first, in runs long enough for the hardware to run ahead.
 */
final class FreshPanels {
  private static final int COLUMNS = 512;
  private static final int LINE = 16; // floats of a cache line

  private final GemmBlocking blocking;
  private final MacroKernel macro;
  private final PackingMicroKernel first;
  private final Packing packing;
  private final boolean transposed;
  private final boolean fetches;
  private final int ldb;

  /**
   * For a B stored [k][n] or, transposed, [n][k], with rows {@code ldb} apart.
   *
   * @param far B does not lie in L2
   */
  FreshPanels(
      GemmBlocking blocking,
      MacroKernel macro,
      PackingMicroKernel first,
      boolean transposed,
      int ldb,
      boolean far,
      KernelSet kernels) {
    this.blocking = blocking;
    this.macro = macro;
    this.first = first;
    this.packing = new Packing(blocking.nr(), transposed, ldb, kernels);
    this.transposed = transposed;
    this.fetches = far && !transposed; // transposed, B's rows lie along the sum
    this.ldb = ldb;
  }

  /** Scratch floats of one call: a panel, and the tiles'. */
  int scratchFloats() {
    return macro.scratchFloats() + blocking.kc() * blocking.nr();
  }

  /**
   * Computes {@code C[m x n] = S + A·B} over {@code k} steps.
   *
   * @param a [m][k] from {@code aOff} with rows {@code lda} apart, read
   * @param b all of B from {@code bOff}, read
   * @param j0 B's first column that is read
   * @param s [m][n] from {@code sOff} with rows {@code lds} apart, read; may be c
   * @param c [m][n] from {@code cOff} with rows {@code ldc} apart, written
   * @param scratch {@link #scratchFloats()} from {@code scratchOff}, overwritten
   */
  void run(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int j0,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] scratch,
      int scratchOff) {
    int piece = GemmBlocking.piece(k, blocking.kc());
    for (int jc = 0; jc < n; jc += COLUMNS) {
      int columns = Math.min(COLUMNS, n - jc);
      int pc = 0;
      do {
        int steps = Math.min(k - pc, piece);
        boolean starts = pc == 0; // later pieces go on where the chains stopped, in C
        if (fetches) {
          scratch[scratchOff] = fetch(b, bOff + pc * ldb + j0 + jc, steps, ldb, columns);
        }
        piece(
            m,
            columns,
            pc,
            steps,
            a,
            aOff + pc,
            lda,
            b,
            bOff,
            j0 + jc,
            starts ? s : c,
            starts ? sOff + jc : cOff + jc,
            starts ? lds : ldc,
            c,
            cOff + jc,
            ldc,
            scratch,
            scratchOff);
        pc += steps;
      } while (pc < k);
    }
  }

  /** Reads a float of each line. */
  private static float fetch(float[] x, int off, int rows, int ld, int columns) {
    float sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += fetchRow(x, off + i * ld, columns);
    }
    return sum;
  }

  private static float fetchRow(float[] x, int from, int columns) {
    float sum = 0;
    float other = 0;
    for (int j = 0; j < columns - LINE; j += 2 * LINE) {
      sum += x[from + j];
      other += x[from + j + LINE];
    }
    return sum + other;
  }

  /** All panels over one piece of the sum. */
  private void piece(
      int m,
      int n,
      int pc,
      int steps,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int j0,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] scratch,
      int scratchOff) {
    int panel = scratchOff + macro.scratchFloats();
    int nr = blocking.nr();
    for (int jr = 0; jr < n; jr += nr) {
      int columns = Math.min(nr, n - jr);
      int done = 0;
      if (transposed || columns < nr || m < first.mr()) {
        packing.pack(b, bOff, j0 + jr, columns, pc, steps, scratch, panel, 0);
      } else {
        int from = bOff + pc * ldb + j0 + jr;
        int start = sOff + jr;
        int to = cOff + jr;
        first.run(steps, a, aOff, lda, b, from, ldb, scratch, panel, s, start, lds, c, to, ldc);
        done = first.mr();
      }
      macro.panel(
          columns,
          m - done,
          steps,
          a,
          aOff + done * lda,
          lda,
          scratch,
          panel,
          panel,
          s,
          sOff + done * lds + jr,
          lds,
          c,
          cOff + done * ldc + jr,
          ldc,
          scratch,
          scratchOff);
    }
  }
}
