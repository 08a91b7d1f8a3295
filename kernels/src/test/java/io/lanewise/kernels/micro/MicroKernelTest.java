package io.lanewise.kernels.micro;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The register tiles of each set of kernels. */
final class MicroKernelTest {
  static List<Target> targets() {
    return Targets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void tilesAreOfOneWidthMostRowsFirst(Target t) {
    for (List<MicroKernel> tiles : List.of(t.kernels().gemm(), t.kernels().gemmWide())) {
      for (int i = 1; i < tiles.size(); i++) {
        assertEquals(tiles.get(0).nr(), tiles.get(i).nr());
        assertTrue(tiles.get(i).mr() < tiles.get(i - 1).mr());
      }
    }
  }

  private static List<MicroKernel> tiles(Target t) {
    KernelSet set = t.kernels();
    return Stream.of(set.gemm(), set.gemmFromAfar(), set.gemmWide()).flatMap(List::stream).toList();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void tilesFromAfarHaveTheSameSizes(Target t) {
    List<MicroKernel> near = t.kernels().gemm();
    List<MicroKernel> far = t.kernels().gemmFromAfar();
    assertEquals(
        near.stream().map(MicroKernel::mr).toList(), far.stream().map(MicroKernel::mr).toList());
    assertEquals(near.getFirst().nr(), far.getFirst().nr());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void addsTheProductOfRowsAndAPanelToTheStart(Target t) {
    for (MicroKernel kernel : tiles(t)) {
      for (int k : new int[] {0, 1, 2, 5, 193}) {
        check(t, kernel, k, kernel.nr() + 5); // a start of its own
        check(t, kernel, k, 0); // one row for all
        checkInPlace(t, kernel, k);
      }
    }
  }

  private static void check(Target t, MicroKernel kernel, int k, int lds) {
    int mr = kernel.mr();
    int nr = kernel.nr();
    int lda = k + 3;
    int ldc = nr + 2;
    Guarded a = Guarded.of(TestData.integers(Shape.of((mr - 1) * lda + k), 1));
    Guarded b = Guarded.of(TestData.integers(Shape.of(k * nr), 2));
    Guarded s = Guarded.of(TestData.integers(Shape.of((mr - 1) * lds + nr), 3));
    Guarded c = Guarded.unwritten(Shape.of((mr - 1) * ldc + nr));
    Tensor expected = c.tensor().copy();
    for (int i = 0; i < mr; i++) {
      for (int j = 0; j < nr; j++) {
        float sum = s.tensor().get(i * lds + j);
        for (int p = 0; p < k; p++) {
          sum += a.tensor().get(i * lda + p) * b.tensor().get(p * nr + j);
        }
        expected.set(sum, i * ldc + j);
      }
    }
    run(kernel, k, a.tensor(), lda, b.tensor(), s.tensor(), lds, c.tensor(), ldc);
    String context = "%s, %d rows, k %d".formatted(t.kernels().name(), mr, k);
    c.assertGuardsIntact(context);
    a.assertUnchanged(context);
    b.assertUnchanged(context);
    s.assertUnchanged(context);
    assertExact(expected, c.tensor(), context);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void tailsWriteTheirColumnsOnly(Target t) {
    int nr = t.kernels().gemm().getFirst().nr();
    for (int columns = 1; columns < nr; columns++) {
      for (MicroKernel kernel : t.kernels().gemmTail(columns)) {
        int mr = kernel.mr();
        int k = 5;
        Guarded a = Guarded.of(TestData.uniform(Shape.of(mr, k), 1));
        Guarded b = Guarded.of(TestData.uniform(Shape.of(k, nr), 2));
        for (int lds : new int[] {0, nr + 1}) {
          Guarded s = Guarded.of(TestData.uniform(Shape.of(mr, nr + 1), 3));
          Guarded whole = Guarded.unwritten(Shape.of(mr, nr + 1));
          MicroKernel plain = t.kernels().gemm().getLast();
          Tensor expected = whole.tensor().copy();
          for (int i = 0; i < mr; i++) {
            Tensor row = Tensor.zeros(plain.mr(), nr);
            Tensor start = lds == 0 ? s.tensor() : s.tensor().slice(i, i + 1);
            run(plain, k, a.tensor().slice(i, i + 1), 0, b.tensor(), start, 0, row, nr);
            for (int j = 0; j < columns; j++) {
              expected.set(row.get(0, j), i, j);
            }
          }
          run(kernel, k, a.tensor(), k, b.tensor(), s.tensor(), lds, whole.tensor(), nr + 1);
          String context = "%d columns of %d rows, %s".formatted(columns, mr, t.kernels().name());
          whole.assertGuardsIntact(context);
          assertExact(expected, whole.tensor(), context);
        }
      }
    }
  }

  /** Half vectors are stored under a mask, turned where a whole one would end behind the array. */
  @ParameterizedTest
  @MethodSource("targets")
  void tailsWriteUpToTheEndOfAnArray(Target t) {
    int nr = t.kernels().gemm().getFirst().nr();
    int k = 5;
    MicroKernel plain = t.kernels().gemm().getLast();
    for (int columns = 1; columns < nr; columns++) {
      for (MicroKernel kernel : t.kernels().gemmTail(columns)) {
        int mr = kernel.mr();
        Tensor a = TestData.uniform(Shape.of(mr, k), 1);
        Tensor b = TestData.uniform(Shape.of(k, nr), 2);
        Tensor s = TestData.uniform(Shape.of(nr), 3);
        for (int before : new int[] {0, 1, columns, nr}) {
          for (int behind : new int[] {0, 1, nr}) {
            Tensor c = TestData.uniform(Shape.of(before + mr * columns + behind), 4);
            Tensor expected = c.copy();
            for (int i = 0; i < mr; i++) {
              Tensor row = Tensor.zeros(plain.mr(), nr);
              run(plain, k, a.slice(i, i + 1), 0, b, s, 0, row, nr);
              for (int j = 0; j < columns; j++) {
                expected.set(row.get(0, j), before + i * columns + j);
              }
            }
            Tensor from = c.slice(before, c.size());
            run(kernel, k, a, k, b, s, 0, from, columns);
            assertExact(expected, c, before + ", " + columns + " columns of " + mr + ", " + behind);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aStripIsOneTileAfterAnother(Target t) {
    for (MicroKernel kernel : tiles(t)) {
      int mr = kernel.mr();
      int nr = kernel.nr();
      int k = 7;
      Guarded a = Guarded.of(TestData.uniform(Shape.of(3 * mr, k + 2), 7));
      Guarded b = Guarded.of(TestData.uniform(Shape.of(k, nr), 8));
      for (int lds : new int[] {0, nr + 3}) {
        Guarded s = Guarded.of(TestData.uniform(Shape.of(3 * mr, nr + 3), 9));
        Tensor expected = Tensor.zeros(3 * mr, nr);
        for (int i = 0; i < 3 * mr; i += mr) {
          Tensor rows = a.tensor().slice(i, i + mr);
          Tensor start = lds == 0 ? s.tensor() : s.tensor().slice(i, i + mr);
          run(kernel, k, rows, k + 2, b.tensor(), start, lds, expected.slice(i, i + mr), nr);
        }
        Guarded c = Guarded.unwritten(expected.shape());
        strip(kernel, 3, k, a.tensor(), b.tensor(), s.tensor(), lds, c.tensor());
        c.assertGuardsIntact("strip");
        s.assertUnchanged("strip");
        assertExact(expected, c.tensor(), "a strip, " + t.kernels().name());
        if (lds != 0) { // in place
          Tensor inPlace = s.tensor().copy();
          strip(kernel, 3, k, a.tensor(), b.tensor(), inPlace, lds, inPlace);
          for (int i = 0; i < 3 * mr; i++) {
            for (int j = 0; j < nr + 3; j++) {
              float want = j < nr ? expected.get(i, j) : s.tensor().get(i, j);
              assertEquals(want, inPlace.get(i, j), "row " + i + ", column " + j);
            }
          }
        }
      }
    }
  }

  /** Rows of a and c lie as in their shapes. */
  private static void strip(
      MicroKernel kernel, int tiles, int k, Tensor a, Tensor b, Tensor s, int lds, Tensor c) {
    float[] sink = new float[k];
    kernel.strip(
        tiles,
        k,
        a.array(),
        a.offset(),
        a.shape().dim(1),
        b.array(),
        b.offset(),
        s.array(),
        s.offset(),
        lds,
        c.array(),
        c.offset(),
        c.shape().dim(1),
        b.array(),
        b.offset(),
        sink,
        0);
  }

  private static void checkInPlace(Target t, MicroKernel kernel, int k) {
    int nr = kernel.nr();
    Tensor a = TestData.uniform(Shape.of(kernel.mr(), k), 4);
    Tensor b = TestData.uniform(Shape.of(k, nr), 5);
    Tensor start = TestData.uniform(Shape.of(kernel.mr(), nr), 6);
    Tensor expected = Tensor.zeros(start.shape());
    run(kernel, k, a, k, b, start, nr, expected, nr);
    Tensor c = start.copy();
    run(kernel, k, a, k, b, c, nr, c, nr);
    assertExact(expected, c, "in place, " + t.kernels().name());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void assertsItsContract(Target t) {
    for (MicroKernel kernel : tiles(t)) {
      Tensor row = Tensor.zeros(kernel.nr());
      Tensor tile = Tensor.zeros(kernel.mr(), kernel.nr());
      int nr = kernel.nr();
      assertThrows(AssertionError.class, () -> run(kernel, -1, row, 0, row, tile, nr, tile, nr));
      assertThrows(
          AssertionError.class, () -> run(kernel, nr + 1, row, 0, tile, tile, nr, tile, nr));
      assertThrows(AssertionError.class, () -> run(kernel, 2, row, 0, row, tile, nr, tile, nr));
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void oneChainOfStepsWhateverTheBlocking(Target t) {
    int k = 37;
    int cut = 11;
    Tensor expected = null;
    for (MicroKernel kernel : tiles(t)) {
      int nr = kernel.nr();
      Tensor a = TestData.uniform(Shape.of(1, k), 4);
      Tensor b = TestData.uniform(Shape.of(k, nr), 5);
      Tensor start = TestData.uniform(Shape.of(nr), 6);
      Tensor whole = Tensor.zeros(kernel.mr(), nr);
      Tensor parts = Tensor.zeros(kernel.mr(), nr);
      run(kernel, k, a, 0, b, start, 0, whole, nr);
      run(kernel, cut, a, 0, b, start, 0, parts, nr);
      Tensor rest = Tensor.wrap(Shape.of(k - cut), a.array(), cut);
      Tensor panel = Tensor.wrap(Shape.of((k - cut) * nr), b.array(), cut * nr);
      run(kernel, k - cut, rest, 0, panel, parts, nr, parts, nr);
      assertExact(whole, parts, t.kernels().name());
      if (expected != null && expected.shape().equals(whole.slice(0, 1).shape())) {
        assertExact(expected, whole.slice(0, 1), "tiles of any height, " + t.kernels().name());
      }
      expected = whole.slice(0, 1);
    }
  }

  private static void run(
      MicroKernel kernel,
      int k,
      Tensor a,
      int lda,
      Tensor b,
      Tensor s,
      int lds,
      Tensor c,
      int ldc) {
    int steps = Math.max(k, 0);
    Tensor ahead = Guarded.of(Tensor.zeros(MicroKernel.AHEAD * steps)).tensor();
    Guarded sink = Guarded.unwritten(Shape.of(steps));
    kernel.run(
        k,
        a.array(),
        a.offset(),
        lda,
        b.array(),
        b.offset(),
        s.array(),
        s.offset(),
        lds,
        c.array(),
        c.offset(),
        ldc,
        ahead.array(),
        ahead.offset(),
        sink.tensor().array(),
        sink.tensor().offset());
    sink.assertGuardsIntact("sink");
  }
}
