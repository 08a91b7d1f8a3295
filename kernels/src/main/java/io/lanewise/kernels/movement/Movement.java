package io.lanewise.kernels.movement;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Moves elements from x to y: each element of y is one of x, bit by bit (NaN, -0 and subnormals
 * too), or a constant. {@code col2im} alone sums, see there. Immutable; share it between threads.
 */
public interface Movement {
  /** Shape of x and dx. */
  Shape x();

  /** Layout of x and dx. */
  Layout xLayout();

  /** Shape of y and dy. */
  Shape y();

  /** Layout of y and dy. */
  Layout yLayout();

  /**
   * True if y has x's elements in the order in which x stores them: then a caller may use x's array
   * under y's shape, and y may be x's window, where nothing is copied.
   */
  boolean isView();

  /**
   * Moves.
   *
   * @param x {@link #x()}, read
   * @param y {@link #y()}, every element written; may not share elements with x unless {@link
   *     #isView()}
   * @throws IllegalArgumentException if a tensor's shape or layout is another one, or they overlap
   */
  void forward(Tensor x, Tensor y, Parallel par);

  /**
   * The adjoint: {@code dx[e] = Σ dy} over the elements of y that are x[e]. With at most one of
   * them that is a copy, and 0 without. Operations that may use an element several times (expand,
   * tile, im2col, padding other than by a constant) start each sum from +0 and add in an order that
   * follows from the shape.
   *
   * @param dy {@link #y()}, read
   * @param dx {@link #x()}, every element written; may not share elements with dy unless {@link
   *     #isView()}
   * @throws IllegalArgumentException as {@link #forward}
   */
  void backward(Tensor dy, Tensor dx, Parallel par);
}
