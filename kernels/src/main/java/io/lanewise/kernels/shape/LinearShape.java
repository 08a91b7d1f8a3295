package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Set;

/**
 * Geometry of a fully connected layer: {@code y[img][o] = bias[o] + Σ over c of w[o][c] ·
 * x[img][c]}.
 *
 * @param n batch size; may be 0
 * @param in input features
 * @param out output features
 */
public record LinearShape(int n, int in, int out) {
  /** Validates the sizes. */
  public LinearShape {
    if (n < 0 || in < 1 || out < 1) {
      throw new IllegalArgumentException(
          "a linear layer needs n >= 0, in >= 1, out >= 1, got n="
              + n
              + " in="
              + in
              + " out="
              + out);
    }
    Shape.of(n, in);
    Shape.of(n, out);
    Shape.of(out, in);
  }

  /** Shape of x. */
  public Shape x() {
    return Shape.of(n, in);
  }

  /** Shape of w. */
  public Shape w() {
    return Shape.of(out, in);
  }

  /** Shape of y. */
  public Shape y() {
    return Shape.of(n, out);
  }

  /** Shape of the bias. */
  public Shape bias() {
    return Shape.of(out);
  }

  /** Floating-point operations, two a multiply-add. */
  public long flops() {
    return 2L * n * in * out;
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "n128 in400 out120"}; n may be left out
   * for 1.
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static LinearShape parse(String text) {
    ShapeText t = new ShapeText("a linear shape", text, Set.of("n", "in", "out"), Set.of());
    return new LinearShape(t.get("n", 1), t.need("in"), t.need("out"));
  }

  /** The short form that {@link #parse} reads. */
  @Override
  public String toString() {
    return "n" + n + " in" + in + " out" + out;
  }
}
