package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.tensor.Tensor;

/** How far an output may be from the float64 reference's, which is rounded to float32. */
@FunctionalInterface
interface Bound {
  /** Half the distance from 1 to the next float32: what a rounding of a number near 1 costs. */
  double U = Math.scalb(1.0, -24);

  /** As the reference has it, but for a zero's sign. */
  Bound EXACT = (i, want) -> 0;

  /**
   * The bound of an element.
   *
   * @param i its place, in the tensor's order of memory
   * @param want the reference's
   */
  double of(int i, float want);

  /** So many roundings of numbers up to {@code size}. */
  static Bound roundings(double count, double size) {
    double bound = count * U * size;
    return (i, want) -> bound;
  }

  /** So many roundings of the result itself; the last may be to a subnormal number. */
  static Bound relative(double roundings) {
    return (i, want) -> roundings * U * Math.abs((double) want) + Float.MIN_VALUE;
  }

  /**
   * A sum in float32 of as many terms of at most {@code size} as {@code counts} says of each
   * element (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §4.2).
   *
   * @param counts in the output's order of memory, read
   * @param more roundings of a term
   */
  static Bound sums(Tensor counts, double more, double size) {
    float[] of = counts.array();
    int from = counts.offset();
    return (i, want) -> (of[from + i] + more) * U * of[from + i] * size;
  }
}
