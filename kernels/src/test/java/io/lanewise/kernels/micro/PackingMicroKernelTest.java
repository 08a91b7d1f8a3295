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

/** The tile that packs what it reads: the other tiles' result, and B's panel. */
final class PackingMicroKernelTest {
  static List<Target> targets() {
    return Targets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void multipliesAndPacks(Target t) {
    for (int k : new int[] {0, 1, 2, 5, 193}) {
      for (int lds : new int[] {0, 3}) {
        check(t, t.kernels().gemmPacking(), t.kernels().gemm().getFirst().nr(), k, lds);
        check(t, t.kernels().gemmPackingWide(), t.kernels().gemmWide().getFirst().nr(), k, lds);
      }
    }
  }

  private static void check(Target t, PackingMicroKernel kernel, int nr, int k, int gap) {
    int mr = kernel.mr();
    assertEquals(nr, kernel.nr());
    int lda = k + 3;
    int ldb = nr + 7;
    int lds = gap == 0 ? 0 : nr + gap;
    int ldc = nr + 2;
    Guarded a = Guarded.of(TestData.integers(Shape.of((mr - 1) * lda + k), 1));
    Guarded b = Guarded.of(TestData.integers(Shape.of(k == 0 ? 0 : (k - 1) * ldb + nr), 2));
    Guarded s = Guarded.of(TestData.integers(Shape.of((mr - 1) * lds + nr), 3));
    Guarded c = Guarded.unwritten(Shape.of((mr - 1) * ldc + nr));
    Guarded panel = Guarded.unwritten(Shape.of(k * nr));
    Tensor expected = c.tensor().copy();
    Tensor packed = Tensor.zeros(k * nr);
    for (int j = 0; j < nr; j++) {
      for (int p = 0; p < k; p++) {
        packed.set(b.tensor().get(p * ldb + j), p * nr + j);
      }
      for (int i = 0; i < mr; i++) {
        float sum = s.tensor().get(i * lds + j);
        for (int p = 0; p < k; p++) {
          sum += a.tensor().get(i * lda + p) * b.tensor().get(p * ldb + j);
        }
        expected.set(sum, i * ldc + j);
      }
    }
    kernel.run(
        k,
        a.tensor().array(),
        a.tensor().offset(),
        lda,
        b.tensor().array(),
        b.tensor().offset(),
        ldb,
        panel.tensor().array(),
        panel.tensor().offset(),
        s.tensor().array(),
        s.tensor().offset(),
        lds,
        c.tensor().array(),
        c.tensor().offset(),
        ldc);
    String context = "%s, k %d, lds %d".formatted(t.kernels().name(), k, lds);
    c.assertGuardsIntact(context);
    panel.assertGuardsIntact(context);
    a.assertUnchanged(context);
    b.assertUnchanged(context);
    s.assertUnchanged(context);
    assertExact(expected, c.tensor(), context);
    assertExact(packed, panel.tensor(), context);
  }
}
