package io.lanewise.kernels.movement;

/** How the channels of depth-to-space name a position in a block; b the block, c channels of y. */
public enum BlockOrder {
  /** x's channels are [b]...[b][c]: ONNX's DepthToSpace by default, TensorFlow. */
  DCR,

  /** x's channels are [c][b]...[b]: PyTorch's pixel shuffle. */
  CRD
}
