package io.lanewise.kernels.tensor;

/**
 * The order in which a tensor of images [n][c][...] lies in memory. A shape always names channels
 * right after the batch, whatever the layout.
 */
public enum Layout {
  /**
   * Each channel's plane by itself: [n][c][h][w], or [n][c][w], [n][c][d][h][w]. What ONNX, PyTorch
   * and DJL exchange.
   */
  CHANNELS_FIRST,

  /**
   * All channels of a pixel side by side: [n][h][w][c], or [n][w][c], [n][d][h][w][c]. What
   * convolutions compute in; a network reorders its input once and stays in it.
   */
  CHANNELS_LAST
}
