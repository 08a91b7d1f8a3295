package io.lanewise.kernels.movement;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Picks elements by number. Immutable; share it between threads. */
public interface Gather {
  /** Shape of x and dx. */
  Shape x();

  /** Shape of the indices, which are given row by row. */
  Shape indices();

  /** Shape of y and dy. */
  Shape y();

  /** Of the tensors. */
  Layout layout();

  /**
   * Copies what the indices name, bit by bit.
   *
   * @param x {@link #x()}, read
   * @param indices as many as {@link #indices()} has elements; all are checked before y is written
   * @param y {@link #y()}, written; may not share elements with x
   * @throws IllegalArgumentException if a shape or layout is another one, or an index lies outside
   */
  void forward(Tensor x, Indices indices, Tensor y, Parallel par);

  /**
   * Each element of dx is the sum of dy over its copies, from +0 and in the order of the indices.
   *
   * @param dy {@link #y()}, read
   * @param indices of {@link #forward}, checked again
   * @param dx {@link #x()}, written; may not share elements with dy
   * @throws IllegalArgumentException as {@link #forward}
   */
  void backward(Tensor dy, Indices indices, Tensor dx, Parallel par);

  /** What {@link Movements#gather} gives: the axis is replaced by the indices' axes. */
  static Shape along(Shape x, int axis, Shape indices) {
    int at = Axes.of(x, axis);
    int[] dims = new int[x.rank() - 1 + indices.rank()];
    for (int i = 0; i < dims.length; i++) {
      int after = i - indices.rank() + 1;
      dims[i] = i < at ? x.dim(i) : i < at + indices.rank() ? indices.dim(i - at) : x.dim(after);
    }
    return Shape.of(dims);
  }

  /**
   * Checks the shapes of {@link Movements#gatherElements} and {@link Movements#scatterElements}.
   *
   * @return the axis from the front
   * @throws IllegalArgumentException if the indices have other axes than x, or longer ones
   */
  static int elementsAxis(Shape x, int axis, Shape indices) {
    int at = Axes.of(x, axis);
    boolean fits = indices.rank() == x.rank();
    for (int i = 0; fits && i < x.rank(); i++) {
      fits = i == at || indices.dim(i) <= x.dim(i);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "indices must have the axes of "
              + x
              + ", none longer but axis "
              + at
              + ", got shape "
              + indices);
    }
    return at;
  }

  /**
   * What {@link Movements#gatherNd} gives.
   *
   * @throws IllegalArgumentException if the indices' batch axes are not x's, or their last one is
   *     longer than x has axes left
   */
  static Shape nd(Shape x, Shape indices, int batchAxes) {
    int left = x.rank() - batchAxes;
    boolean fits =
        batchAxes >= 0
            && indices.rank() > batchAxes
            && left > 0
            && indices.dim(-1) >= 1
            && indices.dim(-1) <= left;
    for (int i = 0; fits && i < batchAxes; i++) {
      fits = indices.dim(i) == x.dim(i);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "indices must start with the "
              + batchAxes
              + " batch axes of "
              + x
              + " and end with an axis of 1 to "
              + left
              + ", got shape "
              + indices);
    }
    int kept = batchAxes + indices.dim(-1);
    int[] dims = new int[indices.rank() - 1 + x.rank() - kept];
    for (int i = 0; i < dims.length; i++) {
      int before = indices.rank() - 1;
      dims[i] = i < before ? indices.dim(i) : x.dim(kept + i - before);
    }
    return Shape.of(dims);
  }
}
