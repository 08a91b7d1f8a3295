package io.lanewise.kernels.platform;

/**
 * Where arrays begin on a cache line. Elements lie 16 bytes behind an array's start, and G1 gives
 * an array of half a heap region and more regions of its own; so 12 floats further on a line
 * begins. Loads and stores of whole vectors that cross a line take two turns each: Winograd's
 * transforms are 2.5 times as fast on lines, global average pooling 1.65 times, and where sums
 * dominate nothing changes. No result depends on it, and on other collectors and of small arrays it
 * is a matter of luck.
 */
public final class CacheLine {
  /** Floats from an array's first element to the first that lies on a line. */
  public static final int START = 12;

  private CacheLine() {}
}
