package io.lanewise.kernels.image;

/** What a filter reads outside an image; the examples continue a row abcd. */
public enum ImageBorder {
  /** Zeros: 000|abcd|000. */
  ZERO,
  /** The outermost pixel: aaa|abcd|ddd. */
  EDGE,
  /** Mirrored at the outermost pixel's middle: dcb|abcd|cba. */
  REFLECT,
  /** Mirrored at its edge: cba|abcd|dcb. */
  SYMMETRIC,
  /** The other end: bcd|abcd|abc. */
  WRAP;

  /**
   * Which pixel of n stands at position i, any number.
   *
   * @return in [0, n), or -1 for a zero
   */
  public int pixel(int i, int n) {
    return switch (this) {
      case ZERO -> i >= 0 && i < n ? i : -1;
      case EDGE -> Math.clamp(i, 0, n - 1);
      case WRAP -> Math.floorMod(i, n);
      case REFLECT -> {
        int at = n == 1 ? 0 : Math.floorMod(i, 2 * n - 2);
        yield at < n ? at : 2 * n - 2 - at;
      }
      case SYMMETRIC -> {
        int at = Math.floorMod(i, 2 * n);
        yield at < n ? at : 2 * n - 1 - at;
      }
    };
  }
}
