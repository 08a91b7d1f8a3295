package io.lanewise.kernels.loss;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Objects;

/**
 * What a caller asks of a loss over classes beyond its shape.
 *
 * @param layout order of x and dx; the loss' terms are in the order of the labels
 * @param smoothing share in [0, 1] of each target that is spread evenly over all classes (Szegedy
 *     et al., Rethinking the Inception Architecture, 2016, §7)
 * @param weights [classes], one factor a class, at least 0, not changed while plans use it; null
 *     for 1
 * @param passOver the label, no class number, whose row or position counts nothing
 */
public record LabelOptions(Layout layout, double smoothing, Tensor weights, int passOver) {
  /** Channels first, not smoothed, not weighted, label -100 passed over. */
  public static final LabelOptions DEFAULT = new LabelOptions(Layout.CHANNELS_FIRST, 0, null, -100);

  /** Validates; see the messages. */
  public LabelOptions {
    Objects.requireNonNull(layout, "layout");
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException("smoothing must be in [0, 1], got " + smoothing);
    }
    if (passOver >= 0) {
      throw new IllegalArgumentException(
          "the label to pass over must be no class number, but negative, got " + passOver);
    }
    if (weights != null) {
      for (float weight : weights.toArray()) {
        if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
          throw new IllegalArgumentException(
              "class weights must be finite and at least 0, got " + weight);
        }
      }
    }
  }

  /** These in {@code order}. */
  public LabelOptions layout(Layout order) {
    return new LabelOptions(order, smoothing, weights, passOver);
  }

  /** These with targets smoothed. */
  public LabelOptions smoothing(double share) {
    return new LabelOptions(layout, share, weights, passOver);
  }

  /** These with a factor a class. */
  public LabelOptions weights(float... factors) {
    return new LabelOptions(
        layout, smoothing, Tensor.of(Shape.of(factors.length), factors.clone()), passOver);
  }

  /** These with another label that counts nothing. */
  public LabelOptions passOver(int label) {
    return new LabelOptions(layout, smoothing, weights, label);
  }

  /** The weight of a class. */
  public float weight(int label) {
    return weights == null ? 1 : weights.array()[weights.offset() + label];
  }

  /**
   * Checks that these fit x's shape.
   *
   * @throws IllegalArgumentException if x has no classes, or another number than there are weights
   */
  public void require(Shape shape) {
    if (shape.rank() < 2 || shape.dim(1) == 0) {
      throw new IllegalArgumentException(
          "x must have shape [n, classes, ..] with some class, got " + shape);
    }
    if (weights != null) {
      Tensor.requireVector(weights, shape.dim(1), "weights");
    }
  }

  /** The terms' shape: x's without the classes. */
  public static Shape terms(Shape shape) {
    int[] dims = new int[shape.rank() - 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.dim(i == 0 ? 0 : i + 1);
    }
    return Shape.of(dims);
  }
}
