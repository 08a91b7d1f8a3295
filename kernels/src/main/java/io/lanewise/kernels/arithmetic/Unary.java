package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/** A function of each element, for any shape and layout. Immutable; share it between threads. */
public interface Unary {
  /**
   * {@code y = f(x)}.
   *
   * @param x any shape and layout, read
   * @param y x's, written; may be x itself
   */
  void forward(Tensor x, Tensor y, Parallel par);

  /**
   * {@code dx = dy · f'(x)}.
   *
   * @param x any shape and layout, read
   * @param dy x's, read
   * @param dx x's, written; may be dy or x itself
   * @throws UnsupportedOperationException if the function has no gradient
   */
  void backward(Tensor x, Tensor dy, Tensor dx, Parallel par);
}
