package io.lanewise.kernels.softmax;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Softmax over the last dimension of a matrix, forward and backward. Immutable; share it between
 * threads.
 */
public interface Softmax {
  /**
   * Computes {@code y[i][j] = exp(x[i][j] - max of row i) / Σ of these over row i}. A row with a
   * NaN or +Infinity gives NaN.
   *
   * @param x [n][classes], read
   * @param y [n][classes], written; may be x itself
   */
  void forward(Tensor x, Tensor y, Parallel par);

  /**
   * Computes {@code dx[i][j] = y[i][j] · (dy[i][j] - Σ over c of dy[i][c] · y[i][c])}.
   *
   * @param y from {@link #forward}, read
   * @param dy [n][classes], read
   * @param dx [n][classes], written; may be dy itself
   */
  void backward(Tensor y, Tensor dy, Tensor dx, Parallel par);
}
