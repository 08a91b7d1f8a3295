package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * The k greatest, or least, elements along an axis, the most extreme first; of equal ones the first
 * comes first. NaN counts as greater than all, 0 and -0 as equal. Immutable; share it between
 * threads.
 */
public interface TopK {
  /** The input's shape. */
  Shape x();

  /** The result's shape: k along the axis. */
  Shape y();

  /** Scratch memory of a run. */
  WorkspaceSpec workspace();

  /**
   * Finds them.
   *
   * @param x {@link #x()}, read
   * @param values {@link #y()}, written; shares no element with x
   * @param indices as many as {@link #y()} has elements, written in its order: numbers along the
   *     axis
   */
  void forward(Tensor x, Tensor values, int[] indices, Workspace ws, Parallel par);

  /**
   * The gradient: dy where an element was taken from, 0 elsewhere.
   *
   * @param indices from {@link #forward}, read
   * @param dy {@link #y()}, read
   * @param dx {@link #x()}, written; shares no element with dy
   */
  void backward(int[] indices, Tensor dy, Tensor dx, Parallel par);
}
