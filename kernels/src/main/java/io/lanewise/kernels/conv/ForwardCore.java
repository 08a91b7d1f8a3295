package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A forward convolution on channels-last images that lie anywhere in arrays: what {@link
 * ChannelsLastForward} runs on a caller's tensors and {@link ReorderedForward} on reordered copies.
 * Trusts its arguments.
 */
interface ForwardCore {
  /** What it computes. */
  ConvShape shape();

  /** The algorithm's name. */
  String algorithm();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /** Names the order of the packed weights. */
  String layout();

  /** Size of the packed weights. */
  long packedFloats();

  /**
   * Packs weights.
   *
   * @param w [oc][ic/groups][kh][kw], read
   * @param packed {@link #packedFloats()}, written
   */
  void pack(Tensor w, float[] packed);

  /**
   * Computes the convolution.
   *
   * @param x [n][id][ih][iw][ic] from {@code xOff}, read
   * @param w packed weights, read
   * @param epilogue bias and activation; where its residual lies is said apart
   * @param r residual [n][od][oh][ow][oc] from {@code rOff}, read, or null for none; may be y at
   *     yOff
   * @param y [n][od][oh][ow][oc] from {@code yOff}, written
   * @param sharedOff where this core's shared part of {@code ws} begins
   */
  void run(
      float[] x,
      int xOff,
      float[] w,
      Epilogue epilogue,
      float[] r,
      int rOff,
      float[] y,
      int yOff,
      Workspace ws,
      int sharedOff,
      Parallel par);
}
