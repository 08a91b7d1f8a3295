package io.lanewise.cli.image;

import java.util.Arrays;

/**
 * Fits images into a given size: area averages where an axis shrinks, linear interpolation where it
 * grows, and an even border for the rest. All arithmetic is exact in integers and rounded once, so
 * equal images give equal results everywhere.
 */
public final class ImageScaling {

  private ImageScaling() {}

  /**
   * The whole image, its proportions kept, in the middle of width x height pixels; what it leaves
   * free has its {@link GrayImage#borderMean()}.
   */
  public static GrayImage fit(GrayImage image, int width, int height) {
    return fit(image, width, height, image.borderMean());
  }

  /** As {@link #fit(GrayImage, int, int)}, with a background from 0 (black) to 255 (white). */
  public static GrayImage fit(GrayImage image, int width, int height, int background) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "the size to fit must be at least 1 x 1, got " + width + " x " + height);
    }
    if (background < 0 || background > 255) {
      throw new IllegalArgumentException("a background is 0 to 255, got " + background);
    }
    int innerWidth = width;
    int innerHeight = height;
    if ((long) image.width() * height >= (long) image.height() * width) {
      innerHeight = proportional(image.height(), width, image.width());
    } else {
      innerWidth = proportional(image.width(), height, image.height());
    }
    byte[] inner = scale(image, innerWidth, innerHeight);
    byte[] dst = new byte[Math.multiplyExact(width, height)];
    Arrays.fill(dst, (byte) background);
    int left = (width - innerWidth) / 2;
    int top = (height - innerHeight) / 2;
    for (int y = 0; y < innerHeight; y++) {
      System.arraycopy(inner, y * innerWidth, dst, (top + y) * width + left, innerWidth);
    }
    return new GrayImage(width, height, dst);
  }

  /** size · to / from, rounded half up, at least 1. */
  private static int proportional(int size, int to, int from) {
    long scaled = (2L * size * to + from) / (2L * from);
    return (int) Math.max(1, scaled);
  }

  /** Both axes, rows first; the sums are divided by the product of both totals at the end. */
  private static byte[] scale(GrayImage image, int width, int height) {
    AxisWeights across = AxisWeights.of(image.width(), width);
    AxisWeights down = AxisWeights.of(image.height(), height);
    byte[] src = image.pixels();
    byte[] dst = new byte[Math.multiplyExact(width, height)];
    long whole = Math.multiplyExact(across.total(), down.total());
    long[] column = new long[image.height()];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < column.length; y++) {
        column[y] = across.sumOfBytes(x, src, y * image.width());
      }
      for (int y = 0; y < height; y++) {
        long sum = down.sum(y, column);
        dst[y * width + x] = (byte) ((2 * sum + whole) / (2 * whole));
      }
    }
    return dst;
  }
}
