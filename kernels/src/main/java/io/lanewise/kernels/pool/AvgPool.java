package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Average pooling, forward and backward: the window's sum over its size, or, if padding does not
 * count, over the number of its elements inside the input (a window made of padding alone then
 * gives 0). Immutable; share it between threads.
 */
public interface AvgPool {
  /** What it computes. */
  PoolShape shape();

  /** True if padding counts as zeros in the average. */
  boolean countsPadding();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code y[img][c][oy][ox] = Σ over the window of x / count}.
   *
   * @param x [n][c][ih][iw], read
   * @param y [n][c][oh][ow], written; may not share elements with x
   */
  void forward(Tensor x, Tensor y, Workspace ws, Parallel par);

  /**
   * Computes {@code dx[img][c][iy][ix] = Σ over the windows that hold this input of dy / count}.
   *
   * @param dy [n][c][oh][ow], read
   * @param dx [n][c][ih][iw], written; may not share elements with dy
   */
  void backward(Tensor dy, Tensor dx, Parallel par);
}
