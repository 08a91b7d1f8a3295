package io.lanewise.kernels.movement;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/** Shapes that come out of movements, with the checks of what goes in. */
public final class Reshaping {
  private Reshaping() {}

  /**
   * Checks a change of shape and layout.
   *
   * @throws IllegalArgumentException if sizes differ, a layout does not fit a shape, or both are
   *     channels last with other batches or channels
   */
  public static void check(Shape x, Layout from, Shape y, Layout to) {
    if (x.size() != y.size()) {
      throw new IllegalArgumentException("cannot reshape " + x + " to " + y);
    }
    Axes.requireLayout(x, from);
    Axes.requireLayout(y, to);
    boolean bothLast = from == Layout.CHANNELS_LAST && to == Layout.CHANNELS_LAST;
    if (bothLast && (x.dim(0) != y.dim(0) || x.dim(1) != y.dim(1))) {
      throw new IllegalArgumentException(
          "channels last, batch and channels must stay, got " + x + " to reshape to " + y);
    }
  }

  /**
   * A matrix of the same size.
   *
   * @param axis the first one of the columns, from 0 to the rank or from -1 backwards
   */
  public static Shape flat(Shape x, int axis) {
    int at = axis == x.rank() ? axis : Axes.of(x, axis);
    int[] dims = {1, 1};
    for (int i = 0; i < x.rank(); i++) {
      int side = i < at ? 0 : 1;
      dims[side] = Axes.times(dims[side], x.dim(i));
    }
    return Shape.of(dims);
  }

  /** A tensor, repeated along each axis. */
  public static Shape tiled(Shape x, int... repeats) {
    Axes.requireEach(x, repeats, "repeats");
    int[] dims = x.toArray();
    for (int i = 0; i < dims.length; i++) {
      if (repeats[i] < 0) {
        throw new IllegalArgumentException(
            "repeats must be at least 0, got " + Arrays.toString(repeats));
      }
      dims[i] = Axes.times(dims[i], repeats[i]);
    }
    return Shape.of(dims);
  }

  /** The same window of all images. */
  public static Slicing window(Shape x, int[] starts, int[] sizes) {
    int spatial = requireSpatial(x, sizes, "sizes");
    requireSpatial(x, starts, "starts");
    int[] axes = new int[spatial];
    int[] ends = new int[spatial];
    int[] steps = new int[spatial];
    for (int i = 0; i < spatial; i++) {
      axes[i] = i + 2;
      steps[i] = 1;
      if (starts[i] < 0 || sizes[i] < 0 || sizes[i] > x.dim(i + 2) - starts[i]) {
        throw new IllegalArgumentException(
            "a crop must lie inside of images "
                + x
                + ", got "
                + Arrays.toString(sizes)
                + " from "
                + Arrays.toString(starts));
      }
      ends[i] = starts[i] + sizes[i];
    }
    return Slicing.of(x, axes, starts, ends, steps);
  }

  /** The middle of all images. */
  public static Slicing center(Shape x, int... sizes) {
    int[] starts = new int[requireSpatial(x, sizes, "sizes")];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = (x.dim(i + 2) - sizes[i]) / 2;
    }
    return window(x, starts, sizes);
  }

  private static int requireSpatial(Shape x, int[] values, String name) {
    int spatial = Axes.spatial(x);
    if (values.length != spatial) {
      throw new IllegalArgumentException(
          name
              + " must have a number for each spatial axis of "
              + x
              + ", got "
              + Arrays.toString(values));
    }
    return spatial;
  }

  /** Channels spread over blocks of pixels. */
  public static Shape spread(Shape x, int block) {
    int taps = taps(x, block);
    int[] dims = x.toArray();
    if (dims[1] % taps != 0) {
      throw new IllegalArgumentException(
          "channels must be a multiple of " + taps + " for blocks of " + block + ", got " + x);
    }
    dims[1] /= taps;
    for (int i = 2; i < dims.length; i++) {
      dims[i] = Axes.times(dims[i], block);
    }
    return Shape.of(dims);
  }

  /** Blocks of pixels gathered in channels. */
  public static Shape gathered(Shape x, int block) {
    int[] dims = x.toArray();
    dims[1] = Axes.times(dims[1], taps(x, block));
    for (int i = 2; i < dims.length; i++) {
      if (dims[i] % block != 0) {
        throw new IllegalArgumentException(
            "spatial axes must be multiples of the block " + block + ", got " + x);
      }
      dims[i] /= block;
    }
    return Shape.of(dims);
  }

  private static int taps(Shape x, int block) {
    int taps = 1;
    if (block < 1) {
      throw new IllegalArgumentException("a block must be at least 1, got " + block);
    }
    for (int i = Axes.spatial(x); i > 0; i--) {
      taps = Axes.times(taps, block);
    }
    return taps;
  }

  /** Checks that channels can be cut into groups. */
  public static void requireGroups(Shape x, int groups) {
    if (x.rank() < 2 || groups < 1 || x.dim(1) % groups != 0) {
      throw new IllegalArgumentException(
          "groups must be at least 1 and divide the channels of " + x + ", got " + groups);
    }
  }

  /** Checks that there are rows and columns. */
  public static void requireMatrices(Shape x) {
    if (x.rank() < 2) {
      throw new IllegalArgumentException("a triangle needs rows and columns, got shape " + x);
    }
  }
}
