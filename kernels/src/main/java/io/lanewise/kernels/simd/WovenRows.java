package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Three rows woven into one, as planes of red, green and blue become pixels, 16 columns at a time:
 * six permutations of two vectors make three vectors of five pixels and a third each.
 */
final class WovenRows {
  static final int ROWS = 3;

  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = TurnedRows.LANES;

  /** Lanes of the first two rows for each of the three vectors; that of a third row is any. */
  private static final float[] OF_TWO = new float[ROWS * L];

  /** Those, and the lanes of the third row. */
  private static final float[] OF_THREE = new float[ROWS * L];

  static {
    for (int i = 0; i < ROWS * L; i++) {
      int row = i % ROWS;
      int column = i / ROWS;
      OF_TWO[i] = row == 2 ? 0 : row * L + column;
      OF_THREE[i] = row == 2 ? L + column : i % L;
    }
  }

  private WovenRows() {}

  /**
   * {@code dst[j][i] = src[i][j]} for three rows, for vectors of 16 lanes; the last columns overlap
   * those before.
   *
   * @param src [3][columns] from {@code srcOff} with rows {@code lds} apart, read
   * @param columns at least 16
   * @param dst [columns][3] from {@code dstOff}, written
   */
  static void run(float[] src, int srcOff, int lds, int columns, float[] dst, int dstOff) {
    FloatVector two0 = FloatVector.fromArray(V, OF_TWO, 0);
    FloatVector two1 = FloatVector.fromArray(V, OF_TWO, L);
    FloatVector two2 = FloatVector.fromArray(V, OF_TWO, 2 * L);
    FloatVector three0 = FloatVector.fromArray(V, OF_THREE, 0);
    FloatVector three1 = FloatVector.fromArray(V, OF_THREE, L);
    FloatVector three2 = FloatVector.fromArray(V, OF_THREE, 2 * L);
    int last = columns - L;
    for (int next = 0; next < columns; next += L) {
      int j = Math.min(next, last);
      int from = srcOff + j;
      int to = dstOff + ROWS * j;
      FloatVector a = FloatVector.fromArray(V, src, from);
      FloatVector b = FloatVector.fromArray(V, src, from + lds);
      FloatVector c = FloatVector.fromArray(V, src, from + 2 * lds);
      three0.selectFrom(two0.selectFrom(a, b), c).intoArray(dst, to);
      three1.selectFrom(two1.selectFrom(a, b), c).intoArray(dst, to + L);
      three2.selectFrom(two2.selectFrom(a, b), c).intoArray(dst, to + 2 * L);
    }
  }
}
