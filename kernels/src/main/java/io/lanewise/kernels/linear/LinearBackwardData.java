package io.lanewise.kernels.linear;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;

/** A decided input gradient of a fully connected layer. Immutable; share it between threads. */
public interface LinearBackwardData {
  /** What it computes. */
  LinearShape shape();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code dx[img][c] = Σ over o of dy[img][o] · w[o][c]}.
   *
   * @param dy [n][out], read
   * @param w [out][in], read
   * @param dx [n][in], written; may not share elements with dy or w
   */
  void run(Tensor dy, Tensor w, Tensor dx, Workspace ws, Parallel par);
}
