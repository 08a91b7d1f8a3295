package io.lanewise.kernels.norm;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/**
 * Plans normalisations. Images are tensors [n][c][...] of two axes or more, in either layout; every
 * plan of them throws {@link IllegalArgumentException} for fewer axes, and all throw it for an
 * epsilon that is negative, NaN or infinite.
 */
public interface Normalisations {
  /** Over a channel of all images, as {@link BatchNorm} says. */
  BatchNorm batchNorm(Shape x, Layout layout, double epsilon, Activation activation);

  /**
   * Over groups of neighbouring channels of each image (Wu, He, Group Normalization, 2018): r is
   * {@code 1 / sqrt(variance + epsilon)}, gamma and beta are [c], statistics [n][groups].
   *
   * @throws IllegalArgumentException if groups does not divide the channels
   */
  Norm groupNorm(Shape x, Layout layout, int groups, double epsilon);

  /** Group norm with a group for each channel (Ulyanov et al., Instance Normalization, 2016). */
  Norm instanceNorm(Shape x, Layout layout, double epsilon);

  /**
   * Over the axes from {@code axis} on (Ba et al., Layer Normalization, 2016; ONNX's
   * LayerNormalization): r is {@code 1 / sqrt(variance + epsilon)}, gamma and beta have the shape
   * of these axes, statistics that of those before. Channels first; over the channels of each
   * channels-last pixel it is the one of the same window as [pixels][c].
   *
   * @param axis from 0, or from -1 backwards
   * @throws IllegalArgumentException if the shape does not have the axis
   */
  Norm layerNorm(Shape x, int axis, double epsilon);

  /**
   * As {@link #layerNorm}, the mean being left in: r is {@code 1 / sqrt(Σx²/m + epsilon)} (Zhang,
   * Sennrich, Root Mean Square Layer Normalization, 2019).
   */
  Norm rmsNorm(Shape x, int axis, double epsilon);

  /**
   * Mean and variance: r is {@code 1 / (sqrt(variance) + epsilon)}, gamma and beta are [c] and
   * usually null. ONNX's MeanVarianceNormalization with its default axes is that over {@link
   * NormSpan#BATCH} with epsilon 1e-9; Caffe's MVN the others. The gradient of a group without
   * variance is that of r held fast.
   *
   * @throws IllegalArgumentException if epsilon is not above 0
   */
  Norm meanVarianceNorm(Shape x, Layout layout, NormSpan span, double epsilon);

  /**
   * Along one axis of any tensor, as {@link LengthNorm} says.
   *
   * @param axis from 0, or from -1 backwards
   * @throws IllegalArgumentException if the shape does not have the axis, or if epsilon is below
   *     {@link Float#MIN_NORMAL}
   */
  LengthNorm lengthNorm(Shape x, Layout layout, int axis, double epsilon);

  /**
   * Local response normalisation over neighbouring channels.
   *
   * @throws IllegalArgumentException if x has fewer than two axes
   */
  LocalResponseNorm lrnAcrossChannels(Shape x, Layout layout, Lrn lrn);

  /**
   * Local response normalisation over neighbouring positions of a channel: a window is as wide
   * along each spatial axis.
   *
   * @throws IllegalArgumentException if x has fewer than two axes or more than five
   */
  LocalResponseNorm lrnWithinChannel(Shape x, Layout layout, Lrn lrn);

  /**
   * Checks that a shape has channels and at most three spatial axes.
   *
   * @throws IllegalArgumentException if it has not
   */
  static void requireVolumes(Shape x, String what) {
    requireImages(x, what);
    if (x.rank() > 5) {
      throw new IllegalArgumentException(
          what + " takes at most three spatial axes, got shape " + x);
    }
  }

  /**
   * Checks that a shape has channels.
   *
   * @throws IllegalArgumentException saying what {@code what} takes, and what came
   */
  static void requireImages(Shape x, String what) {
    if (x.rank() < 2) {
      throw new IllegalArgumentException(
          what + " takes images [n][c][...] of two axes or more, got shape " + x);
    }
  }

  /**
   * Checks that groups share out the channels.
   *
   * @throws IllegalArgumentException if they do not
   */
  static void requireGroups(Shape x, int groups) {
    requireImages(x, "group norm");
    if (groups < 1 || x.dim(1) % groups != 0) {
      throw new IllegalArgumentException(
          "groups must be at least 1 and divide the channels, got groups="
              + groups
              + " for shape "
              + x);
    }
  }

  /**
   * Checks an epsilon.
   *
   * @throws IllegalArgumentException if it is below {@code least}, NaN or no finite float
   */
  static void requireEpsilon(double epsilon, double least) {
    if (!(epsilon >= least && epsilon <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "epsilon must be finite and at least " + least + ", got " + epsilon);
    }
  }

  /**
   * The axis from the front.
   *
   * @throws IllegalArgumentException if the shape does not have it
   */
  static int axis(Shape x, int axis) {
    int rank = x.rank();
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          "the axis must be in [" + -rank + ", " + rank + ") of shape " + x + ", got " + axis);
    }
    return axis < 0 ? axis + rank : axis;
  }
}
