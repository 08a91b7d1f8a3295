package io.lanewise.benchmarks.check;

import io.lanewise.kernels.tensor.Tensor;

/**
 * What the reference says about some elements of an output: those at {@code offset}, {@code offset
 * + stride}, ...
 *
 * <p>Sums of products get the bound {@code 64 · ε · sqrt(k · Σ(a·b)²)} over an element's k
 * products. With inputs of random sign partial sums grow like a random walk, and so do the rounding
 * errors they cause (Higham and Mary, A new approach to probabilistic rounding error analysis,
 * 2019): one standard deviation is below half of that root. The root follows from the inputs; the
 * factor is chosen, see there.
 */
final class Part {
  /** Rounding errors of one operation are up to this part of its result. */
  static final double EPSILON = Math.scalb(1.0, -24);

  /**
   * Chosen, not derived: one for all contenders, algorithms and operations, with room for
   * Winograd's transforms, fast exponentials and other orders of summation. It tells a wrong result
   * from a right one (a product lost from a sum of 10^5 still shows), not an accurate one from a
   * less accurate one: that is what the property tests' bounds, derived for each algorithm, are
   * for.
   */
  static final double FACTOR = 64;

  private final String where;
  private final int offset;
  private final int stride;
  private final float[] want;
  private final double[] bounds;

  /**
   * Takes the arrays as they are.
   *
   * @param where names the part, for messages
   * @param want the right values
   * @param bounds how far each may be off
   */
  Part(String where, int offset, int stride, float[] want, double[] bounds) {
    this.where = where;
    this.offset = offset;
    this.stride = stride;
    this.want = want;
    this.bounds = bounds;
  }

  /**
   * Elements that are sums of products.
   *
   * @param want the reference's result, read
   * @param squares the reference's result for the squares of all inputs, read
   * @param products k, the number of products in an element
   */
  static Part sums(
      String where, int offset, int stride, Tensor want, Tensor squares, int products) {
    float[] squared = squares.toArray();
    double[] bounds = new double[squared.length];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = FACTOR * EPSILON * Math.sqrt(products * (double) squared[i]);
    }
    return new Part(where, offset, stride, want.toArray(), bounds);
  }

  /**
   * Elements with a scale of their own for rounding errors, 0 for results that have to be exact.
   *
   * @param want the reference's result, read
   * @param scales magnitude of what each element was rounded from, read
   */
  static Part scaled(String where, int offset, Tensor want, Tensor scales) {
    float[] scale = scales.toArray();
    double[] bounds = new double[scale.length];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = FACTOR * EPSILON * scale[i];
    }
    return new Part(where, offset, 1, want.toArray(), bounds);
  }

  /** The same elements of an output that is a piece of a larger one. */
  Part shifted(String piece, int by) {
    return new Part(piece + where, Math.addExact(by, offset), stride, want, bounds);
  }

  /** Names the part, for messages. */
  String where() {
    return where;
  }

  /** Index of its first element in the output. */
  int offset() {
    return offset;
  }

  /** Distance of its elements. */
  int stride() {
    return stride;
  }

  /** How many elements it has. */
  int size() {
    return want.length;
  }

  /** The right value of its element {@code i}. */
  float want(int i) {
    return want[i];
  }

  /** How far element {@code i} may be off. */
  double bound(int i) {
    return bounds[i];
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

  /** A copy with every element's magnitude. */
  static Tensor magnitudes(Tensor t) {
    Tensor copy = t.copy();
    float[] values = copy.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return copy;
  }
}
