package io.lanewise.kernels.gemm;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A decided matrix product, or batch of them. Immutable; share it between threads. An operand that
 * stays the same over many runs, such as a layer's weights, may be packed once; the result has the
 * same bits.
 */
public interface Gemm {
  /** What it computes. */
  GemmShape shape();

  /** Scratch memory of one run, packed operands or not. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code C = alpha·op(A)·op(B) + beta·C} as the shape says.
   *
   * @param a {@link GemmShape#a()}, read
   * @param b {@link GemmShape#b()}, read; may be a
   * @param c {@link GemmShape#c()}, written, or added to; may not share elements with a or b
   * @param ws at least {@link #workspace()}
   * @throws IllegalArgumentException if a shape or the workspace disagrees
   */
  void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par);

  /**
   * Packs A.
   *
   * @param a {@link GemmShape#a()}, read
   */
  default PackedWeights packA(Tensor a) {
    return copy(a, shape().a(), "a");
  }

  /**
   * Packs B.
   *
   * @param b {@link GemmShape#b()}, read
   */
  default PackedWeights packB(Tensor b) {
    return copy(b, shape().b(), "b");
  }

  /** As {@link #run(Tensor, Tensor, Tensor, Workspace, Parallel)} with A from {@link #packA}. */
  default void run(PackedWeights a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    run(stored(a, shape().a(), "a"), b, c, ws, par);
  }

  /** As {@link #run(Tensor, Tensor, Tensor, Workspace, Parallel)} with B from {@link #packB}. */
  default void run(Tensor a, PackedWeights b, Tensor c, Workspace ws, Parallel par) {
    run(a, stored(b, shape().b(), "b"), c, ws, par);
  }

  /** As {@link #run(Tensor, Tensor, Tensor, Workspace, Parallel)} with both operands packed. */
  default void run(PackedWeights a, PackedWeights b, Tensor c, Workspace ws, Parallel par) {
    run(stored(a, shape().a(), "a"), stored(b, shape().b(), "b"), c, ws, par);
  }

  private static PackedWeights copy(Tensor x, Shape shape, String name) {
    Tensor.requireShape(x, shape, name);
    PackedWeights packed = new PackedWeights("stored " + name + " " + shape, shape.size());
    System.arraycopy(x.array(), x.offset(), packed.data(), 0, x.size());
    return packed;
  }

  private static Tensor stored(PackedWeights packed, Shape shape, String name) {
    packed.require("stored " + name + " " + shape);
    return Tensor.of(shape, packed.data());
  }
}
