package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** A decided weight and bias gradient of a convolution. Immutable; share it between threads. */
public interface ConvBackwardWeights {
  /** The forward convolution that it belongs to. */
  ConvShape shape();

  /** The order of x and dy. */
  default Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  /** The algorithm's name. */
  String algorithm();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Computes {@code dw[o][c][ky][kx] += Σ over img,oy,ox of dy[img][o][oy][ox] · x[img][c][iy][ix]}
   * and {@code db[o] += Σ over img,oy,ox of dy[img][o][oy][ox]}. 1-D and 3-D likewise: {@link
   * ConvShape}.
   *
   * @param x [n][ic][ih][iw], read
   * @param dy [n][oc][oh][ow], read
   * @param dw [oc][ic/groups][kh][kw], added to (not overwritten); may not share elements with x or
   *     dy
   * @param db [oc], added to, or null for none; may not share elements with x, dy or dw
   * @param ws at least {@link #workspace()}
   * @throws IllegalArgumentException if a shape or the workspace disagrees
   */
  void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par);
}
