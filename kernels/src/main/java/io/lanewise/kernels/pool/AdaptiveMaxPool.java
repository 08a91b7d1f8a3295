package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link MaxPool} over adaptive windows, none of which is empty. Immutable; share it between
 * threads.
 */
public interface AdaptiveMaxPool {
  /** What it computes. */
  AdaptivePoolShape shape();

  /** The layout of x, y and their gradients. */
  Layout layout();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * The greatest of each window, as {@link MaxPool#forward}.
   *
   * @param x read
   * @param y written; may not share elements with x
   * @param indices y's size, written; null to leave that out
   */
  void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par);

  /**
   * The gradient, as {@link MaxPool#backward}.
   *
   * @param dy y's shape, read
   * @param indices from {@link #forward}, read
   * @param dx x's shape, written; may not share elements with dy
   */
  void backward(Tensor dy, int[] indices, Tensor dx, Parallel par);
}
