package io.lanewise.kernels.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.micro.Target;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Panels by hand, of the 3 x 4 matrix 0 1 2 3 / 10 11 12 13 / 20 21 22 23. */
final class PackingTest {
  private static final float N = Float.NaN;
  private static final float[] ROWS = {N, 0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, N};
  private static final float[] COLUMNS = {N, 0, 10, 20, 1, 11, 21, 2, 12, 22, 3, 13, 23, N};

  @Test
  void takesColumnsAsLanes() {
    float[] expected = {N, 0, 1, 2, 10, 11, 12, 20, 21, 22, 3, 0, 0, 13, 0, 0, 23, 0, 0, N};
    for (Target t : Targets.all()) {
      assertArrayEquals(expected, pack(t, false, 4, ROWS, 0, 4, 0, 3, 9, 18));
      assertArrayEquals(expected, pack(t, true, 3, COLUMNS, 0, 4, 0, 3, 9, 18));
    }
  }

  @Test
  void packsAPart() {
    float[] expected = {N, 12, 13, 0, 22, 23, 0, N};
    for (Target t : Targets.all()) {
      assertArrayEquals(expected, pack(t, false, 4, ROWS, 2, 2, 1, 2, 6, 6));
      assertArrayEquals(expected, pack(t, true, 3, COLUMNS, 2, 2, 1, 2, 6, 6));
    }
  }

  @Test
  void panelsMayLieApart() {
    float[] expected = {N, 10, 11, 12, N, N, 13, 0, 0, N};
    for (Target t : Targets.all()) {
      assertArrayEquals(expected, pack(t, false, 4, ROWS, 0, 4, 1, 1, 5, 8));
    }
  }

  /** Panels of 3 between two NaNs, which must stay. */
  private static float[] pack(
      Target t,
      boolean transposed,
      int ld,
      float[] src,
      int j0,
      int columns,
      int p0,
      int k,
      int panel,
      int floats) {
    float[] dst = new float[floats + 2];
    Arrays.fill(dst, N);
    new Packing(3, transposed, ld, t.kernels()).pack(src, 1, j0, columns, p0, k, dst, 1, panel);
    return dst;
  }
}
