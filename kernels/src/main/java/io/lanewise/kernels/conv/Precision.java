package io.lanewise.kernels.conv;

/** How much accuracy a convolution may give for speed. */
public enum Precision {
  /**
   * Algorithms may add and subtract inputs before they multiply, as Winograd's does: F(4x4) loses
   * about one decimal digit, and an infinite or NaN input spoils its whole tile.
   */
  FAST,

  /** Each output is one sum of products in a fixed order, as the definition writes it. */
  STRICT
}
