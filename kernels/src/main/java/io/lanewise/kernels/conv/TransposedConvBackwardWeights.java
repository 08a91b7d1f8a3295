package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A decided weight and bias gradient of a transposed convolution. Immutable; share it between
 * threads.
 */
public interface TransposedConvBackwardWeights {
  /** The transposed convolution that it belongs to. */
  TransposedConvShape shape();

  /** The order of x and dy. */
  default Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  /** The name of the convolution's weight gradient that computes it. */
  String algorithm();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code dw[c][o - g·ocg][ky][kx] += Σ over img,iy,ix of x[img][c][iy][ix] ·
   * dy[img][o][oy][ox]} and {@code db[o] += Σ over img,oy,ox of dy[img][o][oy][ox]}; see {@link
   * TransposedConvShape} for oy and ox, and for other ranks.
   *
   * @param x [n][ic][ih][iw], read
   * @param dy [n][oc][oh][ow], read
   * @param dw [ic][oc/groups][kh][kw], added to (not overwritten); may not share elements with x or
   *     dy
   * @param db [oc], added to, or null for none; may not share elements with x, dy or dw
   * @param ws at least {@link #workspace()}
   * @throws IllegalArgumentException if a shape or the workspace disagrees
   */
  void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par);
}
