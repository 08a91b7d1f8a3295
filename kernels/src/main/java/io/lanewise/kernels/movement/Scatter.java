package io.lanewise.kernels.movement;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A copy in which elements are changed by number; channels first. Immutable; share it between
 * threads.
 */
public interface Scatter {
  /** Shape of x, y and their gradients. */
  Shape x();

  /** Shape of the indices, which are given row by row. */
  Shape indices();

  /** Shape of the updates. */
  Shape updates();

  /** What an update does. */
  ScatterMode mode();

  /**
   * Copies x and lets every update meet the element that its index names, in the order of the
   * indices.
   *
   * @param x {@link #x()}, read
   * @param indices as many as {@link #indices()} has elements; all are checked before y is written
   * @param updates {@link #updates()}, read
   * @param y {@link #x()}, written; may be x itself, may not share elements with updates
   * @throws IllegalArgumentException if a shape or layout is another one, or an index lies outside
   */
  void forward(Tensor x, Indices indices, Tensor updates, Tensor y, Parallel par);

  /**
   * Gradients: for {@link ScatterMode#NONE} an element's gradient goes to the last update that it
   * met, all others have 0, and dx has 0 there; for {@link ScatterMode#ADD} it goes to x and every
   * update.
   *
   * @param dy {@link #x()}, read
   * @param indices of {@link #forward}, checked again
   * @param dx {@link #x()}, written; may be dy itself
   * @param dupdates {@link #updates()}, written; may not share elements with dx or dy
   * @throws IllegalArgumentException as {@link #forward}
   * @throws UnsupportedOperationException for the other modes, which would need x and the updates
   */
  void backward(Tensor dy, Indices indices, Tensor dx, Tensor dupdates, Parallel par);
}
