package io.lanewise.kernels.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Panels by hand, of the 3 x 4 matrix 0 1 2 3 / 10 11 12 13 / 20 21 22 23. */
final class PackingTest {
  private static final float N = Float.NaN;
  private static final float[] ROWS = {N, 0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, N};
  private static final float[] COLUMNS = {N, 0, 10, 20, 1, 11, 21, 2, 12, 22, 3, 13, 23, N};

  @Test
  void ofATakesRowsAsLanes() {
    float[] expected = {N, 0, 10, 1, 11, 2, 12, 3, 13, 20, 0, 21, 0, 22, 0, 23, 0, N};
    assertArrayEquals(expected, pack(Packing.ofA(2, false, 4), ROWS, 0, 3, 0, 4, 16));
    assertArrayEquals(expected, pack(Packing.ofA(2, true, 3), COLUMNS, 0, 3, 0, 4, 16));
  }

  @Test
  void ofBTakesColumnsAsLanes() {
    float[] expected = {N, 0, 1, 2, 10, 11, 12, 20, 21, 22, 3, 0, 0, 13, 0, 0, 23, 0, 0, N};
    assertArrayEquals(expected, pack(Packing.ofB(3, false, 4), ROWS, 0, 4, 0, 3, 18));
    assertArrayEquals(expected, pack(Packing.ofB(3, true, 3), COLUMNS, 0, 4, 0, 3, 18));
  }

  @Test
  void packsAPart() {
    float[] expected = {N, 11, 21, 12, 22, N};
    assertArrayEquals(expected, pack(Packing.ofA(2, false, 4), ROWS, 1, 2, 1, 2, 4));
    float[] borders = {N, 12, 13, 0, 22, 23, 0, N};
    assertArrayEquals(borders, pack(Packing.ofB(3, false, 4), ROWS, 2, 2, 1, 2, 6));
  }

  @Test
  void lanesAndStepsMayBothLieApart() {
    float[] expected = {N, 0, 2, 12, 21, 1, 3, 13, 22, N};
    float[] src = {N, 0, N, 1, 2, N, 3, 12, N, 13, 21, N, 22};
    assertArrayEquals(expected, pack(new Packing(4, 3, 2), src, 0, 4, 0, 2, 8));
  }

  @Test
  void packsAWholeOperandInBlocksOfSteps() {
    float[] dst = new float[16];
    Arrays.fill(dst, N);
    Packing.ofA(2, false, 4).packAll(ROWS, 1, 3, 4, 3, dst, 0);
    float[] expected = {0, 10, 1, 11, 2, 12, 20, 0, 21, 0, 22, 0, 3, 13, 23, 0};
    assertArrayEquals(expected, dst);
  }

  /** Packs between two NaNs, which must stay. */
  private static float[] pack(
      Packing packing, float[] src, int lane0, int lanes, int p0, int kc, int floats) {
    float[] dst = new float[floats + 2];
    Arrays.fill(dst, N);
    packing.pack(src, 1, lane0, lanes, p0, kc, dst, 1);
    return dst;
  }
}
