package io.lanewise.kernels.micro;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The direct convolution's tiles of each set of kernels. */
final class TapKernelTest {
  static List<Target> targets() {
    return Targets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void widestFirstMostOutputsFirstOneOutputLast(Target t) {
    int above = Integer.MAX_VALUE;
    for (List<TapKernel> width : t.kernels().direct()) {
      assertTrue(width.getFirst().nr() < above);
      above = width.getFirst().nr();
      assertEquals(1, width.getLast().mr());
      for (int i = 1; i < width.size(); i++) {
        assertEquals(above, width.get(i).nr());
        assertTrue(width.get(i).mr() < width.get(i - 1).mr());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void addsTheProductsOfTapsWhereverTheyLie(Target t) {
    for (List<TapKernel> width : t.kernels().direct()) {
      for (TapKernel kernel : width) {
        for (int k : new int[] {0, 1, 2, 27, 193}) {
          check(t, kernel, 1, k);
          check(t, kernel, 3, k);
        }
        check(t, kernel, 0, 5);
      }
    }
  }

  private static void check(Target t, TapKernel kernel, int tiles, int k) {
    int rows = tiles * kernel.mr();
    int nr = kernel.nr();
    int lda = 3;
    int ldc = nr + 2;
    int at0 = 2;
    int[] at = new int[at0 + k];
    int reach = 0;
    for (int p = 0; p < k; p++) {
      at[at0 + p] = p * 7 % 64 + p / 9 * 5; // not in order, some twice
      reach = Math.max(reach, at[at0 + p]);
    }
    Guarded a = Guarded.of(TestData.integers(Shape.of(Math.max(0, rows - 1) * lda + reach + 1), 1));
    Guarded b = Guarded.of(TestData.integers(Shape.of(k * nr), 2));
    Guarded s = Guarded.of(TestData.integers(Shape.of(nr), 3));
    Guarded c = Guarded.unwritten(Shape.of(rows == 0 ? 0 : (rows - 1) * ldc + nr));
    Tensor expected = c.tensor().copy();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < nr; j++) {
        float sum = s.tensor().get(j);
        for (int p = 0; p < k; p++) {
          sum += a.tensor().get(i * lda + at[at0 + p]) * b.tensor().get(p * nr + j);
        }
        expected.set(sum, i * ldc + j);
      }
    }
    kernel.strip(
        tiles,
        k,
        at,
        at0,
        a.tensor().array(),
        a.tensor().offset(),
        lda,
        b.tensor().array(),
        b.tensor().offset(),
        s.tensor().array(),
        s.tensor().offset(),
        c.tensor().array(),
        c.tensor().offset(),
        ldc);
    String what = t.kernels().name() + ", " + kernel.mr() + " x " + nr + ", " + k + " taps";
    assertExact(expected, c.tensor(), what);
    c.assertGuardsIntact(what);
  }
}
