package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.TransposeKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Of 16 lanes, blocks of 16 x 16 in registers: {@link TurnedBlocks}, twice to three times as fast
 * as gathers on Zen 4; three rows are woven: {@link WovenRows}. Narrower vectors, and fewer rows or
 * columns, gather a part of a column each; rows that are left over go to {@code rest}.
 */
final class VectorTranspose implements TransposeKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  /** Columns of a block: its destination's lines stay in L1 until they are full. */
  private static final int BLOCK = 64;

  private final int lds;
  private final int[] steps = new int[L];
  private final TransposeKernel rest;

  VectorTranspose(int lds, TransposeKernel rest) {
    this.lds = lds;
    this.rest = rest;
    for (int i = 0; i < L; i++) {
      steps[i] = i * lds; // beyond 2^31 only for rows that no array has
    }
  }

  @Override
  public void run(
      float[] src, int srcOff, int rows, int columns, float[] dst, int dstOff, int ldd) {
    if (L == TurnedRows.LANES && rows >= L && columns >= L) {
      blocks(src, srcOff, rows, columns, dst, dstOff, ldd);
      return;
    }
    if (L == TurnedRows.LANES && rows == WovenRows.ROWS && ldd == rows && columns >= L) {
      WovenRows.run(src, srcOff, lds, columns, dst, dstOff);
      return;
    }
    int whole = V.loopBound(rows);
    for (int j0 = 0; j0 < columns; j0 += BLOCK) {
      int end = Math.min(columns, j0 + BLOCK);
      for (int i = 0; i < whole; i += L) {
        gather(src, srcOff + i * lds, j0, end, dst, dstOff + i, ldd);
      }
    }
    rest.run(src, srcOff + whole * lds, rows - whole, columns, dst, dstOff + whole, ldd);
  }

  /** The last rows and columns overlap those before. */
  private void blocks(
      float[] src, int srcOff, int rows, int columns, float[] dst, int dstOff, int ldd) {
    for (int next = 0; next < columns; next += BLOCK) {
      int width = Math.min(BLOCK, columns - next);
      int j = width < L ? columns - L : next;
      for (int row = 0; row < rows; row += L) {
        int i = Math.min(row, rows - L);
        int from = srcOff + i * lds + j;
        TurnedBlocks.run(src, from, lds, Math.max(width, L), dst, dstOff + j * ldd + i, ldd);
      }
    }
  }

  private void gather(float[] src, int from, int j0, int end, float[] dst, int to, int ldd) {
    for (int j = j0; j < end; j++) {
      FloatVector.fromArray(V, src, from + j, steps, 0).intoArray(dst, to + j * ldd);
    }
  }
}
