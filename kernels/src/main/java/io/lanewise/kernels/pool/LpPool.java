package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * The p-norm of each window, forward and backward, as ONNX's LpPool defines it: padding adds
 * nothing, a window made of it alone gives 0. PyTorch's is the same for even p, and for others
 * where nothing is negative. Immutable; share it between threads.
 *
 * <p>For p = 1 and p = 2 sums are float32: beyond 3.4e38 they are infinite, so of p = 2 for inputs
 * beyond 1.8e19, while squares of inputs below 3.7e-23 vanish. Other p are computed element by
 * element in float64, which takes some 3 ns a tap for whole p up to 64, some 50 ns for others, and
 * overflow less. A NaN in a window makes it NaN; an infinity, if there is none, Infinity.
 */
public interface LpPool {
  /** What it computes. */
  PoolShape shape();

  /** The norm's exponent. */
  double p();

  /** The layout of x, y and their gradients. */
  Layout layout();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code y[img][c][oz][oy][ox] = (Σ over the window of |x|^p)^(1/p)}.
   *
   * @param x [n][c][id][ih][iw], or fewer axes as the shape says, read
   * @param y [n][c][od][oh][ow], written; may not share elements with x
   */
  void forward(Tensor x, Tensor y, Workspace ws, Parallel par);

  /**
   * Computes {@code dx[img][c][iz][iy][ix] = Σ over the windows that hold this input of dy ·
   * sign(x) · (|x| / y)^(p-1)}; a window whose y is 0 adds 0, and so does an x of 0.
   *
   * @param x what {@link #forward} read, read
   * @param y what it wrote, read
   * @param dy y's shape, read
   * @param dx x's shape, written; may not share elements with the others
   */
  void backward(Tensor x, Tensor y, Tensor dy, Tensor dx, Parallel par);

  /**
   * Checks an exponent.
   *
   * @throws IllegalArgumentException if it is below 1, infinite or NaN
   */
  static void requireExponent(double p) {
    if (!(p >= 1 && p < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("p must be at least 1 and finite, got " + p);
    }
  }
}
