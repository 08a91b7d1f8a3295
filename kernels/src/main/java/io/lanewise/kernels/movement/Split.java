package io.lanewise.kernels.movement;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Cuts a tensor into parts along an axis. Immutable; share it between threads. */
public interface Split {
  /** Shape of the input. */
  Shape x();

  /** Shapes of the parts. */
  List<Shape> ys();

  /** Of all tensors. */
  Layout layout();

  /**
   * Copies every part.
   *
   * @param x {@link #x()}, read
   * @param ys as many as {@link #ys()}, of those shapes, written; may not share elements with x or
   *     with each other
   * @throws IllegalArgumentException naming the tensor that is wrong
   */
  void forward(Tensor x, List<Tensor> ys, Parallel par);

  /**
   * Puts the parts' gradients together.
   *
   * @param dys as many as {@link #ys()}, of those shapes, read
   * @param dx {@link #x()}, written; may not share elements with any of them
   * @throws IllegalArgumentException naming the tensor that is wrong
   */
  void backward(List<Tensor> dys, Tensor dx, Parallel par);

  /**
   * The parts' shapes.
   *
   * @throws IllegalArgumentException if there is none, a size is negative, or they do not fill the
   *     axis
   */
  static Shape[] parts(Shape x, int axis, int... sizes) {
    int at = Axes.of(x, axis);
    long sum = 0;
    boolean negative = sizes.length == 0;
    for (int size : sizes) {
      sum += size;
      negative |= size < 0;
    }
    if (negative || sum != x.dim(at)) {
      throw new IllegalArgumentException(
          "the parts' sizes must be at least 0 and their sum that of axis "
              + at
              + " of "
              + x
              + ", got "
              + Arrays.toString(sizes));
    }
    Shape[] parts = new Shape[sizes.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Axes.with(x, at, sizes[i]);
    }
    return parts;
  }
}
