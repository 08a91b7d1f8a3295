package io.lanewise.kernels.linear;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A decided weight and bias gradient of a fully connected layer. Immutable; share it between
 * threads.
 */
public interface LinearBackwardWeights {
  /** What it computes. */
  LinearShape shape();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code dw[o][c] += Σ over img of dy[img][o] · x[img][c]} and {@code db[o] += Σ over
   * img of dy[img][o]}.
   *
   * @param x [n][in], read
   * @param dy [n][out], read
   * @param dw [out][in], added to; may not share elements with x or dy
   * @param db [out], added to, or null for none; may not share elements with x, dy or dw
   */
  void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par);
}
