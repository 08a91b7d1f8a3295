package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * The sum of all elements up to each along an axis, added in float32 one after the other.
 * Immutable; share it between threads.
 */
public interface CumulativeSum {
  /** Of x, y and their gradients. */
  Shape shape();

  /**
   * Sums: {@code y[i] = Σ x[j]} over j &lt;= i, over j &lt; i if exclusive; over j &gt;= i or j
   * &gt; i in reverse.
   *
   * @param x {@link #shape()}, read
   * @param y {@link #shape()}, written; shares no element with x
   */
  void forward(Tensor x, Tensor y, Parallel par);

  /**
   * The gradient: the cumulative sum of dy in the other direction.
   *
   * @param dy {@link #shape()}, read
   * @param dx {@link #shape()}, written; shares no element with dy
   */
  void backward(Tensor dy, Tensor dx, Parallel par);
}
