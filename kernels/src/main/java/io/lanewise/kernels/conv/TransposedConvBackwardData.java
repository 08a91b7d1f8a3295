package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A decided input gradient of a transposed convolution, which is a convolution of dy. Immutable;
 * share it between threads.
 */
public interface TransposedConvBackwardData {
  /** The transposed convolution that it belongs to. */
  TransposedConvShape shape();

  /** The order of dy and dx. */
  default Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  /** The name of the convolution's algorithm that computes it. */
  String algorithm();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /** Empty packed weights for this plan. */
  PackedWeights newWeights();

  /**
   * Packs weights; again after each change.
   *
   * @param w [ic][oc/groups][kh][kw], read
   * @param packed made by {@link #newWeights}, written
   */
  void pack(Tensor w, PackedWeights packed);

  /** Packs weights into new memory. */
  default PackedWeights pack(Tensor w) {
    PackedWeights packed = newWeights();
    pack(w, packed);
    return packed;
  }

  /**
   * Computes {@code dx[img][c][iy][ix] = Σ over o,ky,kx of dy[img][o][oy][ox] · w[c][o -
   * g·ocg][ky][kx]}; see {@link TransposedConvShape} for oy and ox, and for other ranks.
   *
   * @param dy [n][oc][oh][ow], read
   * @param w from {@link #pack}, read
   * @param dx [n][ic][ih][iw], written; may not share elements with dy
   * @param ws at least {@link #workspace()}
   * @throws IllegalArgumentException if a shape, the weights or the workspace disagrees
   */
  void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par);
}
