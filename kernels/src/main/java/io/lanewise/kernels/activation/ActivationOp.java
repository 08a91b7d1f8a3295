package io.lanewise.kernels.activation;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/**
 * An activation, forward and backward, for tensors of any shape and either layout, the same for all
 * arguments of a call. Immutable; share it between threads.
 */
public interface ActivationOp {
  /** Which one. */
  Activation activation();

  /**
   * Computes {@code y = f(x)}, element by element.
   *
   * @param x any shape, read
   * @param y x's shape and layout, written; may be x itself
   */
  void forward(Tensor x, Tensor y, Parallel par);

  /**
   * Computes {@code dx = dy · f'(x)}.
   *
   * @param saved the x of {@link #forward} if {@link Activation#needsInput()}, else its y; read
   * @param dy saved's shape and layout, read
   * @param dx saved's shape and layout, written; may be dy itself, or saved
   */
  void backward(Tensor saved, Tensor dy, Tensor dx, Parallel par);
}
