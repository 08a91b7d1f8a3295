package io.lanewise.kernels.shape;

/** From which inputs a resampled value is computed, along each axis. */
public enum Interpolation {
  /** The nearest input alone. */
  NEAREST,
  /** The two inputs beside the position, weighted by nearness: linear, bilinear, trilinear. */
  LINEAR,
  /**
   * The four inputs around the position, by Keys' cubic convolution (IEEE Transactions on
   * Acoustics, Speech, and Signal Processing 29(6), 1981): bicubic.
   */
  CUBIC
}
