package io.lanewise.kernels.movement;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;

/**
 * Integers that name elements, in an array of the caller's that is not copied; fill it anew for
 * each run if you like. Those below 0 count from an axis' end.
 */
public final class Indices {
  private final int[] ints;
  private final long[] longs;

  private Indices(int[] ints, long[] longs) {
    this.ints = ints;
    this.longs = longs;
  }

  /** Indices of 32 bits, as Java's arrays have. */
  public static Indices of(int... values) {
    return new Indices(Objects.requireNonNull(values, "values"), null);
  }

  /** Indices of 64 bits, as ONNX's models have. */
  public static Indices of(long... values) {
    return new Indices(null, Objects.requireNonNull(values, "values"));
  }

  /** How many. */
  public int size() {
    return ints != null ? ints.length : longs.length;
  }

  /** Index number {@code i} as it is written. */
  public long get(int i) {
    return ints != null ? ints[i] : longs[i];
  }

  /**
   * Index number {@code i}, counted from 0.
   *
   * @param size of the axis, in which it lies
   */
  public int get(int i, int size) {
    int index = ints != null ? ints[i] : (int) longs[i];
    return index < 0 ? index + size : index;
  }

  /**
   * Checks that there are as many as a shape has elements.
   *
   * @throws IllegalArgumentException if not
   */
  public void requireSize(Shape shape) {
    if (size() != shape.size()) {
      throw new IllegalArgumentException(
          "indices must have "
              + shape.size()
              + " elements, those of shape "
              + shape
              + ", got "
              + size());
    }
  }

  /**
   * Checks that all lie inside of their axes.
   *
   * @param sizes of the axes that take turns in the indices
   * @throws IllegalArgumentException naming the first that does not
   */
  public void requireInside(int[] sizes) {
    int axis = 0;
    for (int i = 0; i < size(); i++) {
      long index = get(i);
      if (index < -sizes[axis] || index >= sizes[axis]) {
        throw new IllegalArgumentException(
            "indices["
                + i
                + "] must be in ["
                + -sizes[axis]
                + ", "
                + sizes[axis]
                + "), got "
                + index);
      }
      axis++;
      if (axis == sizes.length) {
        axis = 0;
      }
    }
  }

  /** The first few. */
  @Override
  public String toString() {
    return ints != null
        ? Arrays.toString(Arrays.copyOf(ints, Math.min(8, ints.length)))
        : Arrays.toString(Arrays.copyOf(longs, Math.min(8, longs.length)));
  }
}
