package io.lanewise.kernels.micro;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The grouped convolution's loop of each set of kernels. */
final class GroupKernelTest {
  static List<Target> targets() {
    return Targets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void addsTheSumsOfAGroupsChannels(Target t) {
    for (int n : new int[] {1, 2, 4, 8}) {
      assertEquals(0, t.kernels().grouped(n).lanes() % n);
      for (int k : new int[] {0, 1, 2, 27}) {
        for (int m : new int[] {0, 1, 2, 3, 12, 13, 31}) {
          check(t, n, m, k);
        }
      }
    }
  }

  private static void check(Target t, int n, int m, int k) {
    GroupKernel kernel = t.kernels().grouped(n);
    int lanes = kernel.lanes();
    int lda = 3;
    int ldc = lanes + 2;
    int at0 = 2;
    int[] at = new int[at0 + k];
    int reach = 0;
    for (int p = 0; p < k; p++) {
      at[at0 + p] = p * 7 % 64 + p / 9 * 5; // not in order, some twice
      reach = Math.max(reach, at[at0 + p]);
    }
    int read = Math.max(0, m - 1) * lda + reach + lanes;
    Guarded a = Guarded.of(TestData.integers(Shape.of(read), 1));
    Guarded b = Guarded.of(TestData.integers(Shape.of(k * n * lanes), 2));
    Guarded s = Guarded.of(TestData.integers(Shape.of(lanes), 3));
    Guarded c = Guarded.unwritten(Shape.of(m == 0 ? 0 : (m - 1) * ldc + lanes));
    Tensor expected = c.tensor().copy();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < lanes; j++) {
        float sum = s.tensor().get(j);
        int group = j / n * n;
        for (int e = 0; e < n; e++) {
          int weight = kernel.weight(e, j % n) + group;
          for (int p = 0; p < k; p++) {
            float x = a.tensor().get(i * lda + at[at0 + p] + group + e);
            sum += x * b.tensor().get(p * n * lanes + weight);
          }
        }
        expected.set(sum, i * ldc + j);
      }
    }
    kernel.line(
        m,
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
    String what = "%s, groups of %d, %d outputs, %d taps".formatted(t.kernels().name(), n, m, k);
    assertExact(expected, c.tensor(), what);
    c.assertGuardsIntact(what);
    a.assertUnchanged(what);
    b.assertUnchanged(what);
    s.assertUnchanged(what);
  }
}
