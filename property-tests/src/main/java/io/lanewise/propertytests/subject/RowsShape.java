package io.lanewise.propertytests.subject;

import io.lanewise.kernels.tensor.Shape;
import java.util.Set;

/**
 * A matrix whose rows are normalised each on its own.
 *
 * @param n rows; may be 0
 * @param classes columns, at least 1
 */
public record RowsShape(int n, int classes) {
  /** Validates the sizes. */
  public RowsShape {
    if (n < 0 || classes < 1) {
      throw new IllegalArgumentException(
          "rows need n >= 0 and classes >= 1, got n=" + n + " classes=" + classes);
    }
  }

  /** Shape of the matrix. */
  public Shape shape() {
    return Shape.of(n, classes);
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "n16 classes10"}.
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static RowsShape parse(String text) {
    Words words = new Words("rows of classes", text, Set.of("n", "classes"));
    return new RowsShape(words.need("n"), words.need("classes"));
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return "n" + n + " classes" + classes;
  }
}
