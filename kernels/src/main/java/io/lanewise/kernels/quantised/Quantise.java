package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A decided quantisation. {@code y = saturate(round(x / scale) + zeroPoint)}: the quotient rounded
 * to float32, then to an integer with halves to even, then limited to the type's codes. An infinity
 * gives the last code on its side; -0, subnormals and NaN give the zero point. An empty tensor is
 * left as it is. Immutable; share it between threads.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html">QuantizeLinear</a>
 */
public interface Quantise {
  /** Shape of x and y. */
  Shape shape();

  /** How. */
  Quantisation quantisation();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Quantises.
   *
   * @param x {@link #shape()}, read
   * @param y {@link #shape()}, written
   * @throws IllegalArgumentException if a shape, a layout or the workspace disagrees
   */
  void forward(Tensor x, ByteTensor y, Workspace ws, Parallel par);
}
