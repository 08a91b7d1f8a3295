package io.lanewise.benchmarks;

import io.lanewise.kernels.tensor.Tensor;

/**
 * Compares a float32 result with the reference before anything is timed, so that no wrong kernel
 * gets a number.
 *
 * <p>The bound is {@code 64 · ε · sqrt(k · Σ(a·b)²)} over an element's k products. With inputs of
 * random sign partial sums grow like a random walk, and so do the rounding errors they cause
 * (Higham and Mary, A new approach to probabilistic rounding error analysis, 2019): one standard
 * deviation is below half of that root. The factor leaves room for Winograd's transforms, and a
 * product lost from a sum of 10^5 still shows.
 */
final class ResultCheck {
  private static final double FACTOR = 64;
  private static final double EPSILON = Math.scalb(1.0, -24);

  private ResultCheck() {}

  /**
   * Compares element by element.
   *
   * @param got the result, read
   * @param want what the reference says, of the same size, read
   * @param squares the reference's result for the inputs' squares, read
   * @param length k, the number of products in an element
   * @param what names operation and part, for the message
   * @throws AssertionError naming the first element that is outside the bound
   */
  static void requireClose(Tensor got, Tensor want, Tensor squares, int length, String what) {
    for (int i = 0; i < want.size(); i++) {
      float g = got.array()[got.offset() + i];
      float w = want.array()[want.offset() + i];
      double sum = squares.array()[squares.offset() + i];
      double bound = FACTOR * EPSILON * Math.sqrt(length * sum);
      if (!(Math.abs((double) g - w) <= bound)) {
        throw new AssertionError(
            what + ": element " + i + " is " + g + ", expected " + w + " within " + bound);
      }
    }
  }

  /** A copy with every element squared. */
  static Tensor squared(Tensor t) {
    Tensor copy = t.copy();
    float[] values = copy.array();
    for (int i = 0; i < values.length; i++) {
      values[i] *= values[i];
    }
    return copy;
  }
}
