package io.lanewise.cli.image;

import java.util.Arrays;

/**
 * A grey image. Immutable.
 *
 * @param width at least 1
 * @param height at least 1
 * @param pixels [height][width], 0 (black) to 255 (white) as unsigned bytes; copied in and out
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by content below
public record GrayImage(int width, int height, byte[] pixels) {

  /** Validates, and copies the pixels. */
  public GrayImage {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "an image must be at least 1 x 1, got " + width + " x " + height);
    }
    if (pixels.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          "a "
              + width
              + " x "
              + height
              + " image needs "
              + width * height
              + " pixels, got "
              + pixels.length);
    }
    pixels = pixels.clone();
  }

  /** A copy of the pixels. */
  @Override
  public byte[] pixels() {
    return pixels.clone();
  }

  /** One pixel, 0 to 255. */
  public int pixel(int x, int y) {
    if (x < 0 || x >= width || y < 0 || y >= height) {
      throw new IllegalArgumentException(
          "no pixel (" + x + ", " + y + ") in a " + width + " x " + height + " image");
    }
    return pixels[y * width + x] & 0xff;
  }

  /** The negative: each pixel v becomes 255 - v. */
  public GrayImage invert() {
    byte[] inverted = new byte[pixels.length];
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = (byte) ~pixels[i];
    }
    return new GrayImage(width, height, inverted);
  }

  /** Mean of the outermost pixels, each counted once, rounded half up: the likely background. */
  public int borderMean() {
    long sum = 0;
    long count = 0;
    for (int y = 0; y < height; y++) {
      boolean wholeRow = y == 0 || y == height - 1;
      int step = wholeRow || width == 1 ? 1 : width - 1;
      for (int x = 0; x < width; x += step) {
        sum += pixels[y * width + x] & 0xff;
        count++;
      }
    }
    return (int) ((2 * sum + count) / (2 * count));
  }

  /** Whether size and pixels are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof GrayImage that
        && width == that.width
        && height == that.height
        && Arrays.equals(pixels, that.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "GrayImage " + width + " x " + height;
  }
}
