package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** One number for each combination of the axes that stay. Immutable; share it between threads. */
public interface AxisReduction {
  /** The input's shape. */
  Shape x();

  /** The result's shape. */
  Shape y();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Reduces.
   *
   * @param x {@link #x()}, read
   * @param y {@link #y()}, written; shares no element with x
   */
  void forward(Tensor x, Tensor y, Workspace ws, Parallel par);

  /**
   * The gradient, {@code dx = dy · ∂y/∂x}.
   *
   * @param x {@link #x()}, read
   * @param y from {@link #forward}, read
   * @param dy {@link #y()}, read
   * @param dx {@link #x()}, written; shares no element with another argument
   */
  void backward(Tensor x, Tensor y, Tensor dy, Tensor dx, Workspace ws, Parallel par);
}
