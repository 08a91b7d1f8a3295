package io.lanewise.propertytests.law;

import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * How far a float32 result may be from the exact one: {@code |y - ŷ| <= c·(k + 2)·u·Σ|w·x|} with u
 * = 2^-24 for a sum of k products in any order (Higham, Accuracy and Stability of Numerical
 * Algorithms, 2nd ed., 2002, §3.1 and §3.5; two more for the bias and for rounding the result).
 */
final class Bounds {
  /** Half the distance from 1 to the next float32. */
  static final double U = Math.scalb(1.0, -24);

  /** The least positive float32, more than a result that is not normal loses in a rounding. */
  private static final double TINY = Math.scalb(1.0, -149);

  private Bounds() {}

  /**
   * The bounds of a sum of products.
   *
   * @param k number of products in an element
   * @param magnitudes Σ|w·x| of each element, computed by the reference from absolute values, read
   * @param constant c: 1 for a plain sum, more for algorithms that transform first
   */
  static double[] ofSum(long k, Tensor magnitudes, double constant) {
    double[] bounds = new double[magnitudes.size()];
    for (int i = 0; i < bounds.length; i++) {
      double sum = magnitudes.array()[magnitudes.offset() + i] * (1 + 2 * U);
      bounds[i] = constant * ((k + 2) * U * sum + (k + 2) * TINY);
    }
    return bounds;
  }

  /** The greatest magnitude. */
  static float greatest(Tensor t) {
    float greatest = 0f;
    for (float v : t.toArray()) {
      greatest = Math.max(greatest, Math.abs(v));
    }
    return greatest;
  }

  /** A copy of [n][c][...] with each plane full of its greatest magnitude. */
  static Tensor greatestOfPlanes(Tensor t) {
    Tensor copy = magnitude(t);
    int planes = t.shape().dim(0) * t.shape().dim(1);
    int plane = planes == 0 ? 0 : t.size() / planes;
    float[] values = copy.array();
    for (int from = 0; from < planes * plane; from += plane) {
      float greatest = 0f;
      for (int i = from; i < from + plane; i++) {
        greatest = Math.max(greatest, values[i]);
      }
      Arrays.fill(values, from, from + plane, greatest);
    }
    return copy;
  }

  /** A copy with every element's absolute value. */
  static Tensor magnitude(Tensor t) {
    Tensor copy = t.copy();
    float[] values = copy.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return copy;
  }
}
