package io.lanewise.kernels.gemm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Tensor;

/** A decided matrix product. Immutable; share it between threads. */
public interface Gemm {
  /** What it computes. */
  GemmShape shape();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code C = op(A)·op(B)}, or {@code C += op(A)·op(B)} if the shape says so.
   *
   * @param a {@link GemmShape#a()}, read
   * @param b {@link GemmShape#b()}, read; may be a
   * @param c {@link GemmShape#c()}, written, or added to; may not share elements with a or b
   * @param ws at least {@link #workspace()}
   * @throws IllegalArgumentException if a shape or the workspace disagrees
   */
  void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par);
}
