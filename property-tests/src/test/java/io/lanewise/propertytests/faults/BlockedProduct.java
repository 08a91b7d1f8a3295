package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.ProductMistake.*;

import java.util.Arrays;

/**
 * C += A·B in blocks of {@value #KC} steps and {@value #NC} columns and tiles of {@value #MR} x
 * {@value #NR}; B is packed into panels on the way. What the seeded matrix product, the linear
 * layers and one of the convolutions share. Right, unless it is told a mistake.
 *
 * @param mistake or null
 * @param backwards true if sums run backwards, which is a mistake of its own
 */
record BlockedProduct(Mistake mistake, boolean backwards) {
  static final int KC = 192;
  static final int NC = 128;
  static final int MR = 4;
  static final int NR = 16;

  /** Scratch floats of a call: a panel of B and a tile. */
  static final int SCRATCH = KC * NR + NR;

  /** A matrix operand: element (lane, step) lies at {@code off + lane·laneStep + step·stepStep}. */
  static final class Operand {
    private final float[] array;
    private final int off;
    private final int laneStep;
    private final int stepStep;

    Operand(float[] array, int off, int laneStep, int stepStep) {
      this.array = array;
      this.off = off;
      this.laneStep = laneStep;
      this.stepStep = stepStep;
    }

    Operand from(int lane) {
      return new Operand(array, off + lane * laneStep, laneStep, stepStep);
    }

    float at(int lane, int step) {
      return array[off + lane * laneStep + step * stepStep];
    }
  }

  /**
   * Computes {@code c[i][j] += Σ over p < k of a(i, p) · b(j, p)}.
   *
   * @param c [m][n] from {@code cOff} with rows {@code ldc} apart, added to
   * @param scratch {@link #SCRATCH} floats from {@code scratchOff}, overwritten
   */
  void run(
      int m,
      int n,
      int k,
      Operand a,
      Operand b,
      float[] c,
      int cOff,
      int ldc,
      float[] scratch,
      int scratchOff) {
    for (int pc = 0; pc < k; pc += KC) {
      int kc = Math.min(KC, k - pc);
      if (mistake == LAST_BLOCK_DROPPED && kc < KC && pc > 0) {
        break;
      }
      for (int jr = 0; jr < n; jr += NR) {
        int columns = Math.min(NR, n - jr);
        int from = mistake == FAR_COLUMNS_OF_FIRST_BLOCK ? jr % NC : jr;
        if (!(mistake == PANEL_NOT_REPACKED && pc == KC && kc == KC && jr > 0)) {
          pack(b, from, Math.min(columns, n - from), pc, kc, scratch, scratchOff);
        }
        for (int ir = 0; ir < m; ir += MR) {
          tile(
              Math.min(MR, m - ir),
              columns,
              pc,
              kc,
              a,
              ir,
              c,
              cOff + ir * ldc + jr,
              ldc,
              scratch,
              scratchOff);
        }
      }
    }
  }

  private static void pack(
      Operand b, int lane0, int lanes, int pc, int kc, float[] dst, int dstOff) {
    Arrays.fill(dst, dstOff, dstOff + kc * NR, 0f);
    for (int lane = 0; lane < lanes; lane++) {
      for (int p = 0; p < kc; p++) {
        dst[dstOff + p * NR + lane] = b.at(lane0 + lane, pc + p);
      }
    }
  }

  private void tile(
      int rows,
      int columns,
      int pc,
      int kc,
      Operand a,
      int ir,
      float[] c,
      int at,
      int ldc,
      float[] scratch,
      int packed) {
    boolean shortBothWays = rows < MR && columns < NR;
    boolean single = mistake == COLUMN_1_OF_TILE_DROPPED && columns == 1;
    boolean corner = mistake == CORNER_DROPPED && shortBothWays && rows * columns > 1;
    boolean rare = mistake == CORNER_3_BY_15_DROPPED && rows == 3 && columns == 15;
    if (single || corner || rare) {
      return;
    }
    int ld = mistake == TILE_LD && shortBothWays ? NR : ldc;
    int stored = mistake == TAIL_READS_ON && columns == NR - 1 ? NR : columns;
    int acc = packed + KC * NR;
    for (int i = 0; i < rows; i++) {
      int to = at + i * ld;
      int row = mistake == ROW_TAIL_REPEATED && rows == 3 && i == 2 ? ir + 1 : ir + i;
      boolean restart = mistake == SECOND_BLOCK_OVERWRITES && pc > 0;
      for (int j = 0; j < NR; j++) {
        scratch[acc + j] = j < columns && !restart ? c[to + j] : 0f;
      }
      row(rows, columns, pc, kc, a, row, scratch, packed, acc);
      for (int j = 0; j < stored && to + j < c.length; j++) {
        c[to + j] = scratch[acc + j];
      }
    }
  }

  /** One row of a tile: {@code acc[j] += Σ over p of a(row, pc + p) · packed[p][j]}. */
  private void row(
      int rows, int columns, int pc, int kc, Operand a, int row, float[] s, int packed, int acc) {
    int steps = mistake == STEPS_PAST_4_DROPPED && kc % 4 == 3 ? kc - 3 : kc;
    int shift = mistake == A_STEP_PAST_BLOCK && pc > 0 && kc > 1 ? 1 : 0;
    boolean unfused = mistake == TAIL_UNFUSED && columns < NR;
    boolean apart = mistake == TWO_CHAINS_IN_TAIL && rows < MR;
    int step = apart ? 2 : 1;
    for (int p0 = 0; p0 < step; p0++) {
      for (int q = p0; q < steps; q += step) {
        int p = backwards ? steps - 1 - q : q;
        float v = a.at(row, pc + Math.min(kc - 1, p + shift));
        for (int j = 0; j < NR; j++) {
          float w = s[packed + p * NR + j];
          s[acc + j] = unfused ? s[acc + j] + v * w : Math.fma(v, w, s[acc + j]);
        }
      }
    }
  }
}
