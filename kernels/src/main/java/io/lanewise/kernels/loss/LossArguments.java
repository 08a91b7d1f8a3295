package io.lanewise.kernels.loss;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Checks of what plans of losses are given, once for all implementations. */
public final class LossArguments {
  private LossArguments() {}

  /** A number in float32. */
  public static float finite(String name, double value) {
    return within(name, value, -Float.MAX_VALUE, Float.MAX_VALUE, "finite");
  }

  /** A number in float32. */
  public static float atLeastZero(String name, double value) {
    return within(name, value, 0, Float.MAX_VALUE, "finite and at least 0");
  }

  /** A number in float32. */
  public static float positive(String name, double value) {
    return within(name, value, Float.MIN_NORMAL, Float.MAX_VALUE, "finite and greater than 0");
  }

  /** A number in float32. */
  public static float share(String name, double value) {
    return within(name, value, 0, 1, "in [0, 1]");
  }

  private static float within(String name, double value, double least, double most, String what) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(name + " must be " + what + ", got " + value);
    }
    return (float) value;
  }

  /** Checks that labels are not smoothed. */
  public static void requireUnsmoothed(LabelOptions options) {
    if (options.smoothing() != 0) {
      throw new IllegalArgumentException(
          "this loss smooths no labels, got smoothing " + options.smoothing());
    }
  }

  /** A multi-class hinge's exponent. */
  public static int power(int power) {
    if (power != 1 && power != 2) {
      throw new IllegalArgumentException("power must be 1 or 2, got " + power);
    }
    return power;
  }

  /** A shape [n][d]. */
  public static Shape matrix(Shape shape) {
    if (shape.rank() != 2) {
      throw new IllegalArgumentException("inputs must have shape [n, d], got " + shape);
    }
    return shape;
  }

  /** A shape [n][c]... */
  public static Shape channels(Shape shape) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException("x must have shape [n, c, ..], got " + shape);
    }
    return shape;
  }

  /**
   * A copy of weights: one for all, or one a channel of [n][c]..; null of null.
   *
   * @throws IllegalArgumentException if they are not that, or one is negative or not finite
   */
  public static float[] positiveWeights(Shape shape, Tensor weights) {
    if (weights == null) {
      return null;
    }
    if (weights.size() != 1) {
      Tensor.requireVector(weights, channels(shape).dim(1), "positiveWeights");
    }
    float[] copy = weights.toArray();
    for (float weight : copy) {
      atLeastZero("a positive weight", weight);
    }
    return copy;
  }

  /** Elements of an image's channel of [n][c].., at least 1. */
  public static int plane(Shape shape) {
    long plane = 1;
    for (int i = 2; i < shape.rank(); i++) {
      plane *= shape.dim(i);
    }
    return (int) Math.max(1, plane); // nothing is computed of an empty shape, which may overflow
  }
}
