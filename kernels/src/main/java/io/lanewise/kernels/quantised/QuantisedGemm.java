package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;

/**
 * A decided matrix product of codes: {@code sum[i][j] = bias[j] + Σ over p of (a[i][p] - aZero) ·
 * (b[p][j] - bZero[j])} in 32-bit integers, modulo 2^32; exact. Immutable; share it between
 * threads.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__QLinearMatMul.html">QLinearMatMul</a>
 * @see <a href="https://onnx.ai/onnx/operators/onnx__MatMulInteger.html">MatMulInteger</a>
 */
public interface QuantisedGemm {
  /** What it computes. */
  GemmShape shape();

  /** How A is quantised. */
  Quantisation a();

  /** How B is quantised. */
  Quantisation b();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Packs B.
   *
   * @param b [k][n], or [n][k] if the shape has it transposed, read
   */
  QuantisedWeights pack(ByteTensor b);

  /**
   * The sums themselves.
   *
   * @param a [m][k], read
   * @param b from {@link #pack}, read
   * @param bias [n], read, or null for none
   * @param c [m][n], written; may not share elements with the bias
   * @throws IllegalArgumentException if a shape, the weights or the workspace disagrees
   */
  void accumulate(
      ByteTensor a, QuantisedWeights b, IntTensor bias, IntTensor c, Workspace ws, Parallel par);

  /**
   * The sums as codes again.
   *
   * @param a [m][k], read
   * @param b from {@link #pack}, read
   * @param bias [n], of scale a · b and zero point 0, read, or null for none
   * @param out for n outputs
   * @param c [m][n], written; may not share elements with a
   * @throws IllegalArgumentException if a shape, the weights, {@code out} or the workspace
   *     disagrees
   */
  void run(
      ByteTensor a,
      QuantisedWeights b,
      IntTensor bias,
      Requantisation out,
      ByteTensor c,
      Workspace ws,
      Parallel par);

  /**
   * Checks what a plan is made for: for implementations.
   *
   * @throws IllegalArgumentException if the shape transposes A, scales, adds to C or is a batch, or
   *     if a is not per tensor or b along another axis than that of n
   */
  static void requirePlannable(GemmShape shape, Quantisation a, Quantisation b) {
    a.requirePerTensor("a");
    b.requireFits(shape.b());
    int axis = shape.transposeB() ? 0 : 1;
    if (b.isPerChannel() && b.axis() != axis) {
      throw new IllegalArgumentException(
          "b must be quantised per tensor or along axis " + axis + ", got axis " + b.axis());
    }
    if (shape.transposeA() || shape.alpha() != 1 || shape.beta() != 0 || shape.batch() != 1) {
      throw new IllegalArgumentException(
          "a quantised product is one product of A as it lies, got " + shape);
    }
  }
}
