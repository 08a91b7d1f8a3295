package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@code y = g(f(a, b))} for each element, an operand of size 1 along an axis counting for all of
 * that axis (NumPy's broadcasting); g is an activation. Immutable; share it between threads.
 */
public interface Binary {
  /** The left operand's shape. */
  Shape a();

  /** The right operand's shape. */
  Shape b();

  /** The result's shape. */
  Shape y();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Computes y.
   *
   * @param a {@link #a()}, read
   * @param b {@link #b()}, read; may be a
   * @param y {@link #y()}, written; may be an operand of its shape, shares no element with others
   * @throws IllegalArgumentException if a shape, a layout or the workspace disagrees
   */
  void forward(Tensor a, Tensor b, Tensor y, Workspace ws, Parallel par);

  /**
   * Computes the gradients: {@code da = Σ dy · g' · ∂f/∂a} over the axes along which a counts for
   * all, db likewise. The sums' order follows from the shapes.
   *
   * @param a {@link #a()}, read
   * @param b {@link #b()}, read
   * @param y from {@link #forward}, read if the activation's slope is computed from its output;
   *     otherwise it may be null
   * @param dy {@link #y()}, read
   * @param da {@link #a()}, written, shares no element with another argument; null if not wanted
   * @param db {@link #b()}, written, shares no element with another argument; null if not wanted
   * @throws UnsupportedOperationException if the function has no gradient
   * @throws IllegalArgumentException if a shape, a layout or the workspace disagrees
   */
  void backward(
      Tensor a, Tensor b, Tensor y, Tensor dy, Tensor da, Tensor db, Workspace ws, Parallel par);
}
