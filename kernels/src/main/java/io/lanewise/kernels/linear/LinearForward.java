package io.lanewise.kernels.linear;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;

/** A decided fully connected layer, forward. Immutable; share it between threads. */
public interface LinearForward {
  /** What it computes. */
  LinearShape shape();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /** Empty packed weights for this plan. */
  PackedWeights newWeights();

  /**
   * Packs weights; again after each change.
   *
   * @param w [out][in], read
   * @param packed written
   */
  void pack(Tensor w, PackedWeights packed);

  /**
   * Computes {@code y[img][o] = bias[o] + Σ over c of w[o][c] · x[img][c]}.
   *
   * @param x [n][in], read
   * @param packed from {@link #pack}, read
   * @param bias [out], read, or null for none
   * @param y [n][out], written; may not share elements with x or bias
   */
  void run(Tensor x, PackedWeights packed, Tensor bias, Tensor y, Workspace ws, Parallel par);
}
