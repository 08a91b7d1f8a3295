package io.lanewise.kernels.movement;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Puts tensors side by side along an axis. Immutable; share it between threads. */
public interface Concat {
  /** Shapes of the inputs. */
  List<Shape> xs();

  /** Shape of the output. */
  Shape y();

  /** Of all tensors. */
  Layout layout();

  /**
   * Copies all inputs.
   *
   * @param xs as many as {@link #xs()}, of those shapes, read; one tensor may come several times
   * @param y {@link #y()}, written; may not share elements with any of them
   * @throws IllegalArgumentException naming the tensor that is wrong
   */
  void forward(List<Tensor> xs, Tensor y, Parallel par);

  /**
   * Copies each part of dy to its input's gradient.
   *
   * @param dy {@link #y()}, read
   * @param dxs as many as {@link #xs()}, of those shapes, written; may not share elements with dy
   *     or with each other
   * @throws IllegalArgumentException naming the tensor that is wrong
   */
  void backward(Tensor dy, List<Tensor> dxs, Parallel par);

  /**
   * The shape that comes out.
   *
   * @throws IllegalArgumentException if there is no input, or they differ in more than the axis
   */
  static Shape joined(int axis, Shape... xs) {
    if (xs.length == 0) {
      throw new IllegalArgumentException("a concatenation needs at least one tensor, got none");
    }
    int at = Axes.of(xs[0], axis);
    long size = 0;
    for (int i = 0; i < xs.length; i++) {
      if (xs[i].rank() != xs[0].rank()
          || !Axes.with(xs[i], at, 0).equals(Axes.with(xs[0], at, 0))) {
        throw new IllegalArgumentException(
            "tensors to concatenate along axis "
                + at
                + " must agree in all others, got "
                + xs[0]
                + " and number "
                + i
                + ", "
                + xs[i]);
      }
      size += xs[i].dim(at);
    }
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a tensor holds at most 2^31 - 1 elements, got axis " + at + " of " + size);
    }
    return Axes.with(xs[0], at, (int) size);
  }

  /**
   * Checks a list of tensors.
   *
   * @throws IllegalArgumentException if their number, or a shape or layout is another one
   */
  static void requireParts(List<Tensor> ts, List<Shape> shapes, Layout layout, String name) {
    if (ts.size() != shapes.size()) {
      throw new IllegalArgumentException(
          name + " must be " + shapes.size() + " tensors, got " + ts.size());
    }
    for (int i = 0; i < ts.size(); i++) {
      Tensor t = ts.get(i);
      if (!t.shape().equals(shapes.get(i)) || t.layout() != layout) {
        Tensor.requireShape(t, shapes.get(i), layout, name + "[" + i + "]");
      }
    }
  }
}
