package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Max pooling, forward and backward. A window's result is its greatest element inside the input,
 * the first of equals, or its first NaN; a window made of padding alone gives -Infinity and index
 * -1. Immutable; share it between threads.
 */
public interface MaxPool {
  /** What it computes. */
  PoolShape shape();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code y[img][c][oy][ox]} = the greatest of the window's inputs.
   *
   * @param x [n][c][ih][iw], read
   * @param y [n][c][oh][ow], written; may not share elements with x
   * @param indices y's size, written: where in the plane [ih][iw] the greatest was found ({@code iy
   *     · iw + ix}), or -1
   */
  void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par);

  /**
   * Computes {@code dx[img][c][index] = Σ of dy over the outputs with that index}.
   *
   * @param dy [n][c][oh][ow], read
   * @param indices from {@link #forward}, read
   * @param dx [n][c][ih][iw], written; may not share elements with dy
   */
  void backward(Tensor dy, int[] indices, Tensor dx, Parallel par);
}
