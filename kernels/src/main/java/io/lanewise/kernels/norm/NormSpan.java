package io.lanewise.kernels.norm;

/** Which elements of images [n][c][...] share a mean. */
public enum NormSpan {
  /** A channel of all images; statistics are [c]. */
  BATCH,
  /** A channel of one image; statistics are [n][c]. */
  CHANNEL,
  /** One image; statistics are [n][1]. */
  IMAGE
}
