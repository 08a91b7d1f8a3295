package io.lanewise.kernels.shape;

/** Rows and columns of padding put around an image; each at least 0, each side on its own. */
public record Padding(int top, int bottom, int left, int right) {
  /** No padding. */
  public static final Padding NONE = new Padding(0, 0, 0, 0);

  /** Checks that no side is negative. */
  public Padding {
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException(
          "padding must be at least 0, got top="
              + top
              + " bottom="
              + bottom
              + " left="
              + left
              + " right="
              + right);
    }
  }

  /** The same padding on all four sides. */
  public static Padding of(int all) {
    return new Padding(all, all, all, all);
  }

  /** {@code h} rows above and below, {@code w} columns left and right. */
  public static Padding of(int h, int w) {
    return new Padding(h, h, w, w);
  }

  /** True if no side is padded. */
  public boolean isNone() {
    return top == 0 && bottom == 0 && left == 0 && right == 0;
  }
}
