package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** A decided input gradient of a convolution. Immutable; share it between threads. */
public interface ConvBackwardData {
  /** The forward convolution that it belongs to. */
  ConvShape shape();

  /** The order of dy and dx. */
  default Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  /** The algorithm's name. */
  String algorithm();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /** Empty packed weights for this plan. */
  PackedWeights newWeights();

  /**
   * Packs weights; again after each change.
   *
   * @param w [oc][ic/groups][kh][kw], read
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
   * Computes {@code dx[img][c][iy][ix] = Σ over o and all (oy,ky), (ox,kx) that read this input of
   * dy[img][o][oy][ox] · w[o][c][ky][kx]}. An infinite or NaN weight may, but need not, give NaN at
   * inputs that fewer windows read than others do. 1-D and 3-D likewise: {@link ConvShape}.
   *
   * @param dy [n][oc][oh][ow], read
   * @param w from {@link #pack}, read
   * @param dx [n][ic][ih][iw], written; may not share elements with dy
   * @param ws at least {@link #workspace()}
   * @throws IllegalArgumentException if a shape, the weights or the workspace disagrees
   */
  void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par);
}
