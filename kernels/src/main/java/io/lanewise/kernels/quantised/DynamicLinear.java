package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A decided fully connected layer that quantises its floats on the way. Each row x has a scale and
 * zero point of its own, as DynamicQuantizeLinear of ONNX has for a tensor, so that an image's
 * result does not depend on its batch: with min and max over the row and 0, {@code scale = (max -
 * min) / 255}, {@code zero = rint(-min / scale)}, {@code q = clamp(rint(x / scale) + zero, 0, 255)}
 * , all in float32. Then {@code y[o] = float(Σ w[o][c] · (q[c] - zero)) · (scale · wScale[o]) +
 * bias[o]}, the sum exact, its factors' product rounded, the rest fused.
 *
 * <p>A row of zeros, or one whose scale would be subnormal, counts as zeros and gives the bias; a
 * row with NaN or an infinity, or whose range is none of float32, gives NaN. Immutable; share it
 * between threads.
 */
public interface DynamicLinear {
  /** What it computes. */
  LinearShape shape();

  /** How w is quantised. */
  Quantisation w();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Packs weights.
   *
   * @param w [out][in], read
   */
  QuantisedWeights pack(ByteTensor w);

  /**
   * Computes the layer.
   *
   * @param x [n][in], read
   * @param w from {@link #pack}, read
   * @param bias [out], read, or null for none
   * @param y [n][out], written; may not share elements with x or bias
   * @throws IllegalArgumentException if a shape, the weights or the workspace disagrees
   */
  void run(Tensor x, QuantisedWeights w, Tensor bias, Tensor y, Workspace ws, Parallel par);

  /**
   * Checks what a plan is made for: for implementations.
   *
   * @throws IllegalArgumentException if w is affine or along another axis than its first
   */
  static void requirePlannable(LinearShape shape, Quantisation w) {
    w.requireFits(shape.w());
    if (!w.isSymmetric() || (w.isPerChannel() && w.axis() != 0)) {
      throw new IllegalArgumentException(
          "w must be symmetric, per tensor or along axis 0, got " + w);
    }
  }
}
