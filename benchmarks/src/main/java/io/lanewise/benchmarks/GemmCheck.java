package io.lanewise.benchmarks;

import static io.lanewise.benchmarks.ResultCheck.requireClose;
import static io.lanewise.benchmarks.ResultCheck.squared;

import io.lanewise.kernels.reference.ReferenceMatrix;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * Compares a plain matrix product with {@link ReferenceMatrix} row by row: all rows of a small one,
 * the first, middle and last of a large one.
 */
final class GemmCheck {
  private static final long FULL_FLOPS = 4_000_000;

  private GemmCheck() {}

  /** Compares C = A·B; none is transposed. */
  static void product(GemmShape s, Tensor a, Tensor b, Tensor c, String what) {
    GemmShape row = GemmShape.of(1, s.n(), s.k());
    Tensor bSquared = squared(b);
    IntStream rows =
        s.flops() <= FULL_FLOPS
            ? IntStream.range(0, s.m())
            : IntStream.of(0, s.m() / 2, s.m() - 1).distinct();
    rows.forEach(
        i -> {
          Tensor aRow = a.slice(i, i + 1);
          Tensor want = Tensor.zeros(row.c());
          Tensor squares = Tensor.zeros(row.c());
          ReferenceMatrix.gemm(row, aRow, b, want);
          ReferenceMatrix.gemm(row, squared(aRow), bSquared, squares);
          requireClose(c.slice(i, i + 1), want, squares, s.k(), what + ", row " + i);
        });
  }
}
