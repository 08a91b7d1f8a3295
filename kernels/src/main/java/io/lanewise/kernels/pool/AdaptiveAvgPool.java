package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** {@link AvgPool} over adaptive windows. Immutable; share it between threads. */
public interface AdaptiveAvgPool {
  /** What it computes. */
  AdaptivePoolShape shape();

  /** The layout of x, y and their gradients. */
  Layout layout();

  /** Scratch memory of one run, forward or backward. */
  WorkspaceSpec workspace();

  /**
   * Each window's mean, as {@link AvgPool#forward}.
   *
   * @param x read
   * @param y written; may not share elements with x
   */
  void forward(Tensor x, Tensor y, Workspace ws, Parallel par);

  /**
   * The gradient, as {@link AvgPool#backward}.
   *
   * @param dy y's shape, read
   * @param dx x's shape, written; may not share elements with dy
   */
  void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par);
}
