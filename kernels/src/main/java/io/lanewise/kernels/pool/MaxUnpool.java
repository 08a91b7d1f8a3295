package io.lanewise.kernels.pool;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Puts what max pooling has taken back to its place, as PyTorch's MaxUnpool: everything else is 0.
 * Where several outputs had one index, the last of them (in its channel's order) wins. Values are
 * moved, whatever they are. Immutable; share it between threads.
 */
public interface MaxUnpool {
  /** Shape of what max pooling wrote: [n][c] and one to three axes. */
  Shape x();

  /** Shape of what it read: [n][c] and as many axes. */
  Shape y();

  /** The layout of x, y and their gradients. */
  Layout layout();

  /**
   * Computes {@code y[img][c][index of i] = x[img][c][i]}, and 0 elsewhere.
   *
   * @param x [n][c][od][oh][ow], read
   * @param indices x's size in x's order, each a place in y's image of its channel ({@code (iz · ih
   *     + iy) · iw + ix}), or -1 for a value that has none, read
   * @param y [n][c][id][ih][iw], written; may not share elements with x
   * @throws IllegalArgumentException if an index is outside; y then holds nothing of meaning
   */
  void forward(Tensor x, int[] indices, Tensor y, Parallel par);

  /**
   * Computes {@code dx[img][c][i] = dy[img][c][index of i]}, 0 for an index of -1; also of values
   * that another has overwritten, which then is not their gradient, but PyTorch's.
   *
   * @param dy y's shape, read
   * @param indices as in {@link #forward}, read
   * @param dx x's shape, written; may not share elements with dy
   * @throws IllegalArgumentException if an index is outside; dx then holds nothing of meaning
   */
  void backward(Tensor dy, int[] indices, Tensor dx, Parallel par);

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if they are not [n][c] and one to three axes of at least 1,
   *     with the same n and c
   */
  static void requireShapes(Shape x, Shape y) {
    boolean fits = x.rank() >= 3 && x.rank() <= 5 && y.rank() == x.rank();
    for (int axis = 0; fits && axis < x.rank(); axis++) {
      fits = axis < 2 ? x.dim(axis) == y.dim(axis) : x.dim(axis) >= 1 && y.dim(axis) >= 1;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "x and y must have one batch, the same channels and 1 to 3 axes of at least 1, got "
              + x
              + " and "
              + y);
    }
  }

  /**
   * Checks the number of indices.
   *
   * @throws IllegalArgumentException if it is not x's size
   */
  static void requireIndices(int[] indices, Shape x) {
    if (indices.length != x.size()) {
      throw new IllegalArgumentException(
          "indices must have "
              + x.size()
              + " elements, one for each of x "
              + x
              + ", got "
              + indices.length);
    }
  }
}
