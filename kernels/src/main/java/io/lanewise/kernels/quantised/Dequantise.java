package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A decided way back to floats: {@code y = (x - zeroPoint) · scale}, rounded once. A product beyond
 * float32 is an infinity; the zero point gives +0. An empty tensor is left as it is. Immutable;
 * share it between threads.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__DequantizeLinear.html">DequantizeLinear</a>
 */
public interface Dequantise {
  /** Shape of x and y. */
  Shape shape();

  /** How. */
  Quantisation quantisation();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Dequantises.
   *
   * @param x {@link #shape()}, read
   * @param y {@link #shape()}, written
   * @throws IllegalArgumentException if a shape, a layout or the workspace disagrees
   */
  void forward(ByteTensor x, Tensor y, Workspace ws, Parallel par);
}
