package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Average pooling, forward and backward: the window's sum over its count. That is the number of its
 * elements in the padded input if padding counts (the window's size, but for one that {@code ceil}
 * lets reach beyond the padding), or of those in the input (a window made of padding alone then
 * gives 0). So PyTorch and ONNX count, too. NaN and infinities spread as the sum has them, and a
 * sum that overflows is infinite. Immutable; share it between threads.
 */
public interface AvgPool {
  /** What it computes. */
  PoolShape shape();

  /** The layout of x, y and their gradients. */
  default Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  /** True if padding counts as zeros in the average. */
  boolean countsPadding();

  /** Scratch memory of one run, forward or backward. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code y[img][c][oz][oy][ox] = Σ over the window of x / count}.
   *
   * @param x [n][c][id][ih][iw], or fewer axes as the shape says, read
   * @param y [n][c][od][oh][ow], written; may not share elements with x
   */
  void forward(Tensor x, Tensor y, Workspace ws, Parallel par);

  /**
   * Computes {@code dx[img][c][iz][iy][ix] = Σ over the windows that hold this input of dy /
   * count}.
   *
   * @param dy y's shape, read
   * @param dx x's shape, written; may not share elements with dy
   */
  void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par);
}
