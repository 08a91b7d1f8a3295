package io.lanewise.kernels.softmax;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Softmax, or its logarithm, along one axis of tensors of one shape: ONNX's Softmax and LogSoftmax
 * since version 13. Immutable; share it between threads.
 */
public interface AxisSoftmax {
  /** Of x, y and their gradients, channels first. */
  Shape shape();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Along the axis: {@code y = exp(x - max) / Σ exp(x - max)}, or the logarithm, {@code x - max -
   * log Σ exp(x - max)}, which is finite where the softmax is too small for a float. A NaN or
   * +Infinity, or nothing but -Infinity, along the axis gives NaN there.
   *
   * @param x {@link #shape()}, read
   * @param y {@link #shape()}, written; may be x itself
   */
  void forward(Tensor x, Tensor y, Workspace ws, Parallel par);

  /**
   * Along the axis: {@code dx = y · (dy - Σ dy · y)}, or of the logarithm {@code dx = dy - e^y · Σ
   * dy}.
   *
   * @param y from {@link #forward}, read
   * @param dy {@link #shape()}, read
   * @param dx {@link #shape()}, written; may be dy itself
   */
  void backward(Tensor y, Tensor dy, Tensor dx, Workspace ws, Parallel par);

  /**
   * The axis from the front.
   *
   * @param axis from 0, or from -1 backwards
   * @throws IllegalArgumentException if the shape does not have it
   */
  static int axis(Shape shape, int axis) {
    int rank = shape.rank();
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          "the axis must be in [" + -rank + ", " + rank + ") of shape " + shape + ", got " + axis);
    }
    return axis < 0 ? axis + rank : axis;
  }
}
