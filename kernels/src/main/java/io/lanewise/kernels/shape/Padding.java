package io.lanewise.kernels.shape;

/**
 * Planes, rows and columns of padding put around an image; each at least 0, each side on its own.
 * Only 3-D convolutions have a front and a back, only they and 2-D ones a top and a bottom.
 */
public record Padding(int front, int back, int top, int bottom, int left, int right) {
  /** No padding. */
  public static final Padding NONE = new Padding(0, 0, 0, 0, 0, 0);

  /** Checks that no side is negative. */
  public Padding {
    if (front < 0 || back < 0 || top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException(
          "padding must be at least 0, got"
              + (front == 0 && back == 0 ? "" : " front=" + front + " back=" + back)
              + " top="
              + top
              + " bottom="
              + bottom
              + " left="
              + left
              + " right="
              + right);
    }
  }

  /** Padding of a plane; none in front or behind. */
  public Padding(int top, int bottom, int left, int right) {
    this(0, 0, top, bottom, left, right);
  }

  /** The same padding on all four sides of a plane. */
  public static Padding of(int all) {
    return of(all, all);
  }

  /** {@code h} rows above and below, {@code w} columns left and right. */
  public static Padding of(int h, int w) {
    return of(0, h, w);
  }

  /**
   * {@code d} planes in front and behind, {@code h} rows above and below, {@code w} columns left
   * and right.
   */
  public static Padding of(int d, int h, int w) {
    return new Padding(d, d, h, h, w, w);
  }

  /** True if no side is padded. */
  public boolean isNone() {
    // each side by itself: a record's equals allocates now and then in its first calls
    return front == 0 && back == 0 && top == 0 && bottom == 0 && left == 0 && right == 0;
  }
}
