package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Max pooling, forward and backward. A window's result is its greatest element inside the input,
 * the first of equals (0 and -0 are equal), or its first NaN; a window made of padding alone gives
 * -Infinity and index -1. Infinities and subnormals are numbers like others. Immutable; share it
 * between threads.
 */
public interface MaxPool {
  /** What it computes. */
  PoolShape shape();

  /** The layout of x, y and their gradients. */
  default Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code y[img][c][oz][oy][ox]} = the greatest of the window's inputs.
   *
   * @param x [n][c][id][ih][iw], or fewer axes as the shape says, read
   * @param y [n][c][od][oh][ow], written; may not share elements with x
   * @param indices y's size, written in y's order: where in the image of its channel the greatest
   *     was found ({@code (iz · ih + iy) · iw + ix}), or -1; null to leave that out, which is
   *     faster
   */
  void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par);

  /**
   * Computes {@code dx[img][c][index] = Σ of dy over the outputs with that index}, in the outputs'
   * order.
   *
   * @param dy y's shape, read
   * @param indices from {@link #forward}, read
   * @param dx x's shape, written; may not share elements with dy
   */
  void backward(Tensor dy, int[] indices, Tensor dx, Parallel par);
}
