package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** A decided transposed convolution. Immutable; share it between threads. */
public interface TransposedConvForward {
  /** What it computes. */
  TransposedConvShape shape();

  /** The order of x and y. */
  default Layout layout() {
    return Layout.CHANNELS_FIRST;
  }

  /** The name of the input gradient's algorithm that computes it, such as {@code "row2im"}. */
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
   * Computes {@code y[img][o][oy][ox] = epilogue(Σ over c and all (iy,ky), (ix,kx) that reach this
   * output of x[img][c][iy][ix] · w[c][o - g·ocg][ky][kx])}; see {@link TransposedConvShape} for oy
   * and ox, and for other ranks. An infinite or NaN weight may, but need not, give NaN at outputs
   * that fewer inputs reach than others.
   *
   * @param x [n][ic][ih][iw], read
   * @param w from {@link #pack}, read
   * @param epilogue bias [oc], residual of y's shape, read; neither may share elements with y
   * @param y [n][oc][oh][ow], written; may not share elements with x
   * @param ws at least {@link #workspace()}
   * @throws IllegalArgumentException if a shape, the weights or the workspace disagrees
   */
  void run(Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par);
}
