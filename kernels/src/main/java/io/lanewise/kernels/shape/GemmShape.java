package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Set;

/**
 * Geometry of one matrix product {@code C = op(A)·op(B)} or {@code C += op(A)·op(B)}: op(A) is m x
 * k, op(B) is k x n, C is m x n, all row-major; op transposes where asked. Any size may be 0; an
 * empty sum is 0.
 *
 * @param transposeA A is stored [k][m]
 * @param transposeB B is stored [n][k]
 * @param accumulate add to what C holds instead of overwriting it
 */
public record GemmShape(
    int m, int n, int k, boolean transposeA, boolean transposeB, boolean accumulate) {

  /** Checks that no size is negative and each matrix fits in one tensor. */
  public GemmShape {
    if (m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException(
          "matrix sizes must be at least 0, got m=" + m + " n=" + n + " k=" + k);
    }
    Shape.of(m, k);
    Shape.of(k, n);
    Shape.of(m, n);
  }

  /** Plain {@code C = A·B}. */
  public static GemmShape of(int m, int n, int k) {
    return new GemmShape(m, n, k, false, false, false);
  }

  /** Stored shape of A. */
  public Shape a() {
    return transposeA ? Shape.of(k, m) : Shape.of(m, k);
  }

  /** Stored shape of B. */
  public Shape b() {
    return transposeB ? Shape.of(n, k) : Shape.of(k, n);
  }

  /** Shape of C. */
  public Shape c() {
    return Shape.of(m, n);
  }

  /** Floating-point operations, two a multiply-add. */
  public long flops() {
    return 2L * m * n * k;
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "m64 n3136 k576 ta"}: {@code ta} and
   * {@code tb} transpose, {@code acc} accumulates.
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static GemmShape parse(String text) {
    Set<String> flags = Set.of("ta", "tb", "acc");
    ShapeText t = new ShapeText("a matrix product's shape", text, Set.of("m", "n", "k"), flags);
    return new GemmShape(
        t.need("m"), t.need("n"), t.need("k"), t.has("ta"), t.has("tb"), t.has("acc"));
  }

  /** The short form that {@link #parse} reads. */
  @Override
  public String toString() {
    return "m"
        + m
        + " n"
        + n
        + " k"
        + k
        + (transposeA ? " ta" : "")
        + (transposeB ? " tb" : "")
        + (accumulate ? " acc" : "");
  }
}
