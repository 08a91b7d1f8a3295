package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * NumPy's matmul: products of the matrices in the last two axes, the axes before broadcast; a
 * vector on the left is one row, on the right one column, and the result lacks that axis. Sums are
 * chains of fused multiply-adds in the order of k, as those of {@code Gemm}. Immutable; share it
 * between threads.
 */
public interface MatMul {
  /** The left operand's shape. */
  Shape a();

  /** The right operand's shape. */
  Shape b();

  /** The result's shape. */
  Shape y();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Multiplies.
   *
   * @param a {@link #a()}, read
   * @param b {@link #b()}, read; may be a
   * @param y {@link #y()}, written; shares no element with another argument
   */
  void forward(Tensor a, Tensor b, Tensor y, Workspace ws, Parallel par);

  /**
   * Computes the gradients {@code da = dy · bᵀ} and {@code db = aᵀ · dy}, summed over the axes that
   * were broadcast, in their order.
   *
   * @param a {@link #a()}, read
   * @param b {@link #b()}, read
   * @param dy {@link #y()}, read
   * @param da {@link #a()}, written, shares no element with another argument; null if not wanted
   * @param db {@link #b()}, written, shares no element with another argument; null if not wanted
   */
  void backward(Tensor a, Tensor b, Tensor dy, Tensor da, Tensor db, Workspace ws, Parallel par);
}
