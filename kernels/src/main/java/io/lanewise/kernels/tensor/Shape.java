package io.lanewise.kernels.tensor;

import java.util.Arrays;

/**
 * The sizes of a tensor's dimensions, outermost first; immutable. A dimension may be 0 (an empty
 * batch), and no dimensions at all is a scalar. Products are computed exactly: a shape of 2^31
 * elements or more is refused.
 */
public final class Shape {
  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    this.dims = dims;
    this.size = sizeOf(dims);
  }

  /**
   * Makes a shape.
   *
   * @param dims sizes, outermost first, each at least 0
   * @throws IllegalArgumentException if a size is negative or the product exceeds 2^31 - 1
   */
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** Size of dimension {@code axis}; a negative axis counts from the end. */
  public int dim(int axis) {
    int i = axis < 0 ? axis + dims.length : axis;
    if (i < 0 || i >= dims.length) {
      throw new IllegalArgumentException("axis " + axis + " is outside shape " + this);
    }
    return dims[i];
  }

  /** Number of elements. */
  public int size() {
    return size;
  }

  /** A copy of the sizes. */
  public int[] toArray() {
    return dims.clone();
  }

  /** This shape with its first dimension replaced, as in the same network at another batch size. */
  public Shape withFirst(int first) {
    if (dims.length == 0) {
      throw new IllegalArgumentException("a scalar shape has no first dimension");
    }
    int[] d = dims.clone();
    d[0] = first;
    return new Shape(d);
  }

  /** This shape with a dimension put in front, as in a batch of images. */
  public Shape prepend(int first) {
    int[] d = new int[dims.length + 1];
    d[0] = first;
    System.arraycopy(dims, 0, d, 1, dims.length);
    return new Shape(d);
  }

  /** This shape without its first dimension, as in one image of a batch. */
  public Shape dropFirst() {
    if (dims.length == 0) {
      throw new IllegalArgumentException("a scalar shape has no first dimension");
    }
    return new Shape(Arrays.copyOfRange(dims, 1, dims.length));
  }

  private static int sizeOf(int[] dims) {
    for (int d : dims) {
      if (d < 0) {
        throw new IllegalArgumentException(
            "dimensions must be at least 0, got " + Arrays.toString(dims));
      }
    }
    long product = 1;
    for (int d : dims) {
      if (d == 0) {
        return 0;
      }
    }
    for (int d : dims) {
      product *= d; // below 2^31 before, so below 2^62 after
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "a tensor holds at most 2^31 - 1 elements, got shape " + Arrays.toString(dims));
      }
    }
    return (int) product;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape other && Arrays.equals(dims, other.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** For example {@code [128, 1, 32, 32]}. */
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
