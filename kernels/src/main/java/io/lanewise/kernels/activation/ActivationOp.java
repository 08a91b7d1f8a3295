package io.lanewise.kernels.activation;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/**
 * An activation, forward and backward, for tensors of any shape. Immutable; share it between
 * threads.
 */
public interface ActivationOp {
  /** Which one. */
  Activation kind();

  /**
   * Computes {@code y = f(x)}, element by element.
   *
   * @param x any shape, read
   * @param y x's shape, written; may be x itself
   */
  void forward(Tensor x, Tensor y, Parallel par);

  /**
   * Computes {@code dx = dy · f'(x)}, f' expressed by the output.
   *
   * @param y from {@link #forward}, read
   * @param dy y's shape, read
   * @param dx y's shape, written; may be dy itself
   */
  void backward(Tensor y, Tensor dy, Tensor dx, Parallel par);
}
