package io.lanewise.kernels.micro;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The register tile of each set of kernels. */
final class MicroKernelTest {
  static List<Target> targets() {
    return Targets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void addsTheProductOfTwoPanelsToItsTile(Target t) {
    MicroKernel kernel = t.kernels().gemm();
    int mr = kernel.mr();
    int nr = kernel.nr();
    int ldc = nr + 3;
    for (int k : new int[] {1, 2, 5, 193}) {
      Tensor a = Guarded.of(TestData.integers(Shape.of(k, mr), 1)).tensor();
      Tensor b = Guarded.of(TestData.integers(Shape.of(k, nr), 2)).tensor();
      Tensor before = TestData.integers(Shape.of(mr, ldc), 3);
      Tensor expected = before.copy();
      for (int i = 0; i < mr; i++) {
        for (int j = 0; j < nr; j++) {
          float sum = before.get(i, j);
          for (int p = 0; p < k; p++) {
            sum += a.get(p, i) * b.get(p, j);
          }
          expected.set(sum, i, j);
        }
      }
      Guarded c = Guarded.of(before);
      kernel.run(
          k,
          a.array(),
          a.offset(),
          b.array(),
          b.offset(),
          c.tensor().array(),
          c.tensor().offset(),
          ldc);
      c.assertGuardsIntact(t.kernels().name());
      assertExact(expected, c.tensor(), t.kernels().name() + ", k " + k);
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void assertsItsContract(Target t) {
    MicroKernel kernel = t.kernels().gemm();
    float[] panel = new float[kernel.nr()];
    float[] tile = new float[kernel.mr() * kernel.nr()];
    assertThrows(
        AssertionError.class, () -> kernel.run(0, panel, 0, panel, 0, tile, 0, kernel.nr()));
    assertThrows(
        AssertionError.class, () -> kernel.run(1, panel, 0, panel, 1, tile, 0, kernel.nr()));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void oneChainOfStepsWhateverTheBlocking(Target t) {
    MicroKernel kernel = t.kernels().gemm();
    int k = 37;
    Tensor a = TestData.uniform(Shape.of(k, kernel.mr()), 4);
    Tensor b = TestData.uniform(Shape.of(k, kernel.nr()), 5);
    Tensor whole = Tensor.zeros(kernel.mr(), kernel.nr());
    Tensor parts = Tensor.zeros(kernel.mr(), kernel.nr());
    kernel.run(k, a.array(), 0, b.array(), 0, whole.array(), 0, kernel.nr());
    int cut = 11;
    kernel.run(cut, a.array(), 0, b.array(), 0, parts.array(), 0, kernel.nr());
    kernel.run(
        k - cut,
        a.array(),
        cut * kernel.mr(),
        b.array(),
        cut * kernel.nr(),
        parts.array(),
        0,
        kernel.nr());
    assertExact(whole, parts, t.kernels().name());
  }
}
