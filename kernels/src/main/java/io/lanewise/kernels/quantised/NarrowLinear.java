package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A decided fully connected layer of floats by narrow weights, widened exactly to float32 when they
 * are used: where weights stream from memory, fewer bytes are less time. With 16-bit weights {@code
 * y[o] = bias[o] + Σ w[o][c] · x[c]}, to the bit what {@link
 * io.lanewise.kernels.linear.LinearForward} gives for the rounded weights. With 8-bit ones {@code
 * y[o] = fma(Σ q[o][c] · x[c], scale[o], bias[o])}, the sum one chain of multiply-adds that starts
 * from 0. NaN and infinities follow from that arithmetic; an empty batch is left as it is.
 * Immutable; share it between threads.
 */
public interface NarrowLinear {
  /** What it computes. */
  LinearShape shape();

  /** In what weights are kept. */
  WeightFormat format();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Packs weights: rounded to the nearest, halves to even, in 16 bits; {@link
   * Calibration#symmetricPerChannel} and {@link Quantise} in 8.
   *
   * @param w [out][in], read
   * @throws IllegalArgumentException if the shape disagrees, or weights that shall take 8 bits are
   *     not finite
   */
  QuantisedWeights pack(Tensor w);

  /**
   * Packs weights that are quantised already.
   *
   * @param w [out][in], read
   * @param q per tensor, or per output (axis 0)
   * @throws IllegalArgumentException if the format is not {@link WeightFormat#INT8}, a shape
   *     disagrees, or {@code w - zeroPoint} is outside [-128, 127]
   */
  QuantisedWeights pack(ByteTensor w, Quantisation q);

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
   * Checks what {@link #pack(ByteTensor, Quantisation)} is given: for implementations.
   *
   * @throws IllegalArgumentException as that
   */
  static void requirePackable(NarrowLinear plan, ByteTensor w, Quantisation q) {
    Shape shape = plan.shape().w();
    ByteTensor.requireShape(w, shape, Layout.CHANNELS_FIRST, "w");
    q.requireFits(shape);
    if (plan.format() != WeightFormat.INT8) {
      throw new IllegalArgumentException("this plan keeps weights as " + plan.format());
    }
    if (q.isPerChannel() && q.axis() != 0) {
      throw new IllegalArgumentException(
          "w must be quantised per tensor or along axis 0, got axis " + q.axis());
    }
    for (int i = 0; i < w.size(); i++) {
      int o = i / shape.dim(1);
      int value = q.type().code(w.array()[w.offset() + i]) - q.zeroPoint(o);
      if (value != (byte) value) {
        throw new IllegalArgumentException(
            "w less its zero point must lie in [-128, 127], got " + value + " for output " + o);
      }
    }
  }
}
