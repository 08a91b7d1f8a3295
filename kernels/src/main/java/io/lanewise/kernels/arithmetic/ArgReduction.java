package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Where the greatest or the least element is, NaN counting as the most extreme of all. Immutable;
 * share it between threads.
 */
public interface ArgReduction {
  /** The input's shape. */
  Shape x();

  /** The shape of the indices. */
  Shape y();

  /** Scratch memory of a run. */
  WorkspaceSpec workspace();

  /**
   * Finds them.
   *
   * @param x {@link #x()}, read
   * @param indices as many as {@link #y()} has elements, written in its order: row-major numbers
   *     within the reduced axes
   */
  void run(Tensor x, int[] indices, Workspace ws, Parallel par);
}
