package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A decided convolution: algorithm, blocking and memory are fixed. Immutable; share it between
 * threads.
 */
public interface ConvForward {
  /** What it computes. */
  ConvShape shape();

  /** The order of x and y. */
  default Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  /** The algorithm's name, such as {@code "im2col"}: for logs, test names and benchmark rows. */
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
   * Computes {@code y[img][o][oy][ox] = epilogue(Σ over c,ky,kx of w[o][c][ky][kx] ·
   * x[img][c][iy][ix])}; see {@link ConvShape} for iy and ix, and for 1-D and 3-D, whose tensors
   * have an axis less or more; {@link Epilogue} for what follows.
   *
   * @param x [n][ic][ih][iw], read
   * @param w from {@link #pack}, read
   * @param y [n][oc][oh][ow], written; may not share elements with x or the bias, but may be the
   *     residual
   * @param ws at least {@link #workspace()}
   * @throws IllegalArgumentException if a shape, the weights or the workspace disagrees
   */
  void run(Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par);
}
