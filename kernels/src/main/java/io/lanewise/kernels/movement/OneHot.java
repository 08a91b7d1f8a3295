package io.lanewise.kernels.movement;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Indicator vectors, as ONNX's OneHot; channels first. There is no gradient: y does not depend on
 * anything but integers. Immutable; share it between threads.
 */
public interface OneHot {
  /** Shape of the indices, which are given row by row. */
  Shape indices();

  /** Shape of y: the indices' with an axis more. */
  Shape y();

  /**
   * Along the axis y is {@code on} at the index, which counts from the end if below 0, and {@code
   * off} elsewhere; everywhere if the index lies outside.
   *
   * @param indices as many as {@link #indices()} has elements
   * @param y {@link #y()}, written
   * @throws IllegalArgumentException if a shape, a layout or the number of indices is another one
   */
  void forward(Indices indices, float off, float on, Tensor y, Parallel par);

  /**
   * The shape that comes out.
   *
   * @param axis where the new axis is in it, from 0, or from -1 backwards
   * @throws IllegalArgumentException if there is no such place, or depth is negative
   */
  static Shape with(Shape indices, int depth, int axis) {
    int[] dims = new int[indices.rank() + 1];
    Shape any = Shape.of(dims); // has the axes that count
    int at = Axes.of(any, axis);
    if (depth < 0) {
      throw new IllegalArgumentException("depth must be at least 0, got " + depth);
    }
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i < at ? indices.dim(i) : i == at ? depth : indices.dim(i - 1);
    }
    return Shape.of(dims);
  }
}
