package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;

/**
 * A decided convolution of codes: {@code sum[img][o][oy][ox] = bias[o] + Σ over c,ky,kx of
 * (w[o][c][ky][kx] - wZero[o]) · (x[img][c][iy][ix] - xZero)} in 32-bit integers, modulo 2^32;
 * padding counts as x's zero point. {@link ConvShape} tells iy and ix, and of 1-D and 3-D. Exact,
 * whatever the algorithm. Immutable; share it between threads.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__QLinearConv.html">QLinearConv</a>
 * @see <a href="https://onnx.ai/onnx/operators/onnx__ConvInteger.html">ConvInteger</a>
 */
public interface QuantisedConv {
  /** What it computes. */
  ConvShape shape();

  /** The order of x and y. */
  Layout layout();

  /** How x is quantised. */
  Quantisation x();

  /** How w is quantised. */
  Quantisation w();

  /** The name of the algorithm that is tried first; {@link #pack} decides by the weights. */
  String algorithm();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Packs weights.
   *
   * @param w [oc][ic/groups][kh][kw], channels first, read
   */
  QuantisedWeights pack(ByteTensor w);

  /**
   * The sums themselves.
   *
   * @param x [n][ic][ih][iw], read
   * @param w from {@link #pack}, read
   * @param bias [oc], read, or null for none
   * @param y [n][oc][oh][ow], written; may not share elements with the bias
   * @throws IllegalArgumentException if a shape, a layout, the weights or the workspace disagrees
   */
  void accumulate(
      ByteTensor x, QuantisedWeights w, IntTensor bias, IntTensor y, Workspace ws, Parallel par);

  /**
   * The sums as codes again.
   *
   * @param x [n][ic][ih][iw], read
   * @param w from {@link #pack}, read
   * @param bias [oc], of scale x · w and zero point 0, read, or null for none
   * @param out for oc outputs
   * @param y [n][oc][oh][ow], written; may not share elements with x
   * @throws IllegalArgumentException if a shape, a layout, the weights, {@code out} or the
   *     workspace disagrees
   */
  void run(
      ByteTensor x,
      QuantisedWeights w,
      IntTensor bias,
      Requantisation out,
      ByteTensor y,
      Workspace ws,
      Parallel par);

  /**
   * Checks what a plan is made for: for implementations.
   *
   * @throws IllegalArgumentException if x is not per tensor or w along another axis than its first
   */
  static void requirePlannable(ConvShape shape, Quantisation x, Quantisation w) {
    x.requirePerTensor("x");
    w.requireFits(shape.w());
    if (w.isPerChannel() && w.axis() != 0) {
      throw new IllegalArgumentException(
          "w must be quantised per tensor or along axis 0, got axis " + w.axis());
    }
  }
}
