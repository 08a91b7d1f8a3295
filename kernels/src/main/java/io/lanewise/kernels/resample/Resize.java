package io.lanewise.kernels.resample;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A resize, forward and backward. Along each axis an output is a weighted sum of inputs; the weight
 * of an input for an output of several axes is the product of those along the axes. Inputs of
 * weight 0 are not read, so an infinite or NaN input shows in the outputs whose window holds it and
 * nowhere else (as NaN or as an infinity: the windows along the axes are summed one after the
 * other). Subnormal numbers are kept. Nearest resizing copies, so it keeps -0 and the bits of a
 * NaN. Empty batches do nothing. Immutable; share it between threads.
 */
public interface Resize {
  /** What it computes. */
  ResizeShape shape();

  /** Of x, y and their gradients. */
  Layout layout();

  /** Scratch memory that both directions need. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code y[img][c][o...] = Σ weights · x[img][c][i...]}, or the extrapolation value.
   *
   * @param x of {@link ResizeShape#x}, read
   * @param y of {@link ResizeShape#y}, written; may not share elements with x
   */
  void forward(Tensor x, Tensor y, Workspace ws, Parallel par);

  /**
   * Computes {@code dx[img][c][i...] = Σ weights · dy[img][c][o...]} over the outputs that read an
   * input; 0 of none.
   *
   * @param dy of {@link ResizeShape#y}, read
   * @param dx of {@link ResizeShape#x}, written; may not share elements with dy
   */
  void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par);
}
