package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@code y = condition is not 0 ? a : b} for each element, with NumPy's broadcasting of all three;
 * NaN is not 0. Immutable; share it between threads.
 */
public interface Where {
  /** The condition's shape. */
  Shape condition();

  /** The shape of what is taken where the condition is not 0. */
  Shape a();

  /** The shape of what is taken where it is 0. */
  Shape b();

  /** The result's shape. */
  Shape y();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Selects.
   *
   * @param condition {@link #condition()}, read
   * @param a {@link #a()}, read
   * @param b {@link #b()}, read
   * @param y {@link #y()}, written; may be an input of its shape, shares no element with others
   */
  void forward(Tensor condition, Tensor a, Tensor b, Tensor y, Workspace ws, Parallel par);

  /**
   * Computes the gradients: da is dy where the condition is not 0 and 0 elsewhere, summed over the
   * axes along which a counts for all; db is what da is not.
   *
   * @param condition {@link #condition()}, read
   * @param dy {@link #y()}, read
   * @param da {@link #a()}, written, shares no element with another argument; null if not wanted
   * @param db {@link #b()}, written, shares no element with another argument; null if not wanted
   */
  void backward(Tensor condition, Tensor dy, Tensor da, Tensor db, Workspace ws, Parallel par);
}
