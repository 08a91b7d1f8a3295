package io.lanewise.kernels.dropout;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Dropout in training (in inference it is the identity). The mask is not stored: the gradient
 * computes it again from the same seed and step. A dropped element is its constant whatever x is,
 * NaN and infinities too; a kept NaN or infinity stays one, and -0 and subnormals are scaled like
 * any number. Empty tensors do nothing. Immutable; share it between threads.
 */
public interface Dropout {
  /** Of x, y and their gradients. */
  Shape shape();

  /** Of x, y and their gradients. */
  Layout layout();

  /** The share that is dropped. */
  double rate();

  /**
   * Computes y.
   *
   * @param x {@link #shape()}, read
   * @param seed of the training, any number
   * @param step of the training and of the layer, any number: each has other masks
   * @param y {@link #shape()}, written; may be x itself
   * @throws IllegalArgumentException if a shape or layout disagrees, or x and y overlap in part
   */
  void forward(Tensor x, long seed, long step, Tensor y, Parallel par);

  /**
   * Computes dx: dy where x was kept, scaled as x was; 0 where it was dropped.
   *
   * @param dy {@link #shape()}, read
   * @param seed that of {@link #forward}
   * @param step that of {@link #forward}
   * @param dx {@link #shape()}, written; may be dy itself
   * @throws IllegalArgumentException if a shape or layout disagrees, or dy and dx overlap in part
   */
  void backward(Tensor dy, long seed, long step, Tensor dx, Parallel par);
}
