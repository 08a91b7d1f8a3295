package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Geometry of a matrix product {@code C = alpha·op(A)·op(B) + beta·C}, or of a batch of them: op(A)
 * is m x k, op(B) is k x n, C is m x n, all row-major; op transposes where asked. Any size may be
 * 0; an empty sum is 0.
 *
 * @param transposeA A is stored [k][m]
 * @param transposeB B is stored [n][k]
 * @param alpha factor of the product; the elements of A are multiplied by it, and rounded, before
 *     they are summed
 * @param beta factor of what C holds; 0 overwrites C unread, 1 adds to it
 * @param batch products of their own: 1 for matrices, otherwise tensors have it as a first
 *     dimension
 */
public record GemmShape(
    int m,
    int n,
    int k,
    boolean transposeA,
    boolean transposeB,
    float alpha,
    float beta,
    int batch) {
  private static final String ALPHA = "alpha=";
  private static final String BETA = "beta=";

  /**
   * Checks that no size is negative, each operand fits in one tensor and the factors are finite.
   */
  public GemmShape {
    if (m < 0 || n < 0 || k < 0 || batch < 0) {
      throw new IllegalArgumentException(
          "matrix sizes must be at least 0, got m="
              + m
              + " n="
              + n
              + " k="
              + k
              + " batch="
              + batch);
    }
    if (!Float.isFinite(alpha) || !Float.isFinite(beta)) {
      throw new IllegalArgumentException(
          "the factors must be finite, got alpha=" + alpha + " beta=" + beta);
    }
    Shape.of(batch, m, k);
    Shape.of(batch, k, n);
    Shape.of(batch, m, n);
  }

  /** One product, overwriting C or added to it. */
  public GemmShape(
      int m, int n, int k, boolean transposeA, boolean transposeB, boolean accumulate) {
    this(m, n, k, transposeA, transposeB, 1f, accumulate ? 1f : 0f, 1);
  }

  /** Plain {@code C = A·B}. */
  public static GemmShape of(int m, int n, int k) {
    return new GemmShape(m, n, k, false, false, false);
  }

  /** This product with other factors. */
  public GemmShape scaled(float alpha, float beta) {
    return new GemmShape(m, n, k, transposeA, transposeB, alpha, beta, batch);
  }

  /** So many of these products, each on matrices of its own. */
  public GemmShape withBatch(int count) {
    return new GemmShape(m, n, k, transposeA, transposeB, alpha, beta, count);
  }

  /** True if what C holds counts: beta is not 0. */
  public boolean accumulate() {
    return beta != 0;
  }

  /** Stored shape of A. */
  public Shape a() {
    return transposeA ? stored(k, m) : stored(m, k);
  }

  /** Stored shape of B. */
  public Shape b() {
    return transposeB ? stored(n, k) : stored(k, n);
  }

  /** Shape of C. */
  public Shape c() {
    return stored(m, n);
  }

  private Shape stored(int rows, int columns) {
    return batch == 1 ? Shape.of(rows, columns) : Shape.of(batch, rows, columns);
  }

  /** Floating-point operations, two a multiply-add. */
  public long flops() {
    return 2L * batch * m * n * k;
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "m64 n3136 k576 ta"}: {@code ta} and
   * {@code tb} transpose, {@code acc} is {@code beta=1}, {@code alpha=0.5} and {@code beta=2}
   * scale, {@code batch8} are eight products.
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static GemmShape parse(String text) {
    List<String> words = new ArrayList<>();
    Float alpha = null;
    Float beta = null;
    for (String word : text.strip().split("\\s+", -1)) {
      if (word.startsWith(ALPHA) && alpha == null) {
        alpha = factor(word, ALPHA, text);
      } else if (word.startsWith(BETA) && beta == null) {
        beta = factor(word, BETA, text);
      } else {
        words.add(word);
      }
    }
    Set<String> keys = Set.of("m", "n", "k", "batch");
    ShapeText t =
        new ShapeText(
            "a matrix product's shape", String.join(" ", words), keys, Set.of("ta", "tb", "acc"));
    if (t.has("acc") && beta != null) {
      throw new IllegalArgumentException("'acc' is beta=1, but beta is given in '" + text + "'");
    }
    return new GemmShape(
        t.need("m"),
        t.need("n"),
        t.need("k"),
        t.has("ta"),
        t.has("tb"),
        alpha == null ? 1f : alpha,
        beta != null ? beta : t.has("acc") ? 1f : 0f,
        t.get("batch", 1));
  }

  private static float factor(String word, String key, String text) {
    try {
      return Float.parseFloat(word.substring(key.length()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + word + "' is no number in '" + text + "'", e);
    }
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
        + (batch == 1 ? "" : " batch" + batch)
        + (transposeA ? " ta" : "")
        + (transposeB ? " tb" : "")
        + (alpha == 1 ? "" : " " + ALPHA + alpha)
        + (beta == 0 ? "" : beta == 1 ? " acc" : " " + BETA + beta);
  }
}
