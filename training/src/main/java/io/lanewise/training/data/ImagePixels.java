package io.lanewise.training.data;

/**
 * The bytes of images of one size.
 *
 * @param bytes {@code [count][channels][height][width]}, unsigned, shared
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only carried
record ImagePixels(int channels, int height, int width, byte[] bytes) {
  ImagePixels {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image needs at least one channel, row and column, got %dx%dx%d"
              .formatted(channels, height, width));
    }
    int image = Math.multiplyExact(Math.multiplyExact(channels, height), width);
    if (bytes.length % image != 0) {
      throw new IllegalArgumentException(
          "expected a multiple of %d bytes for images of %dx%dx%d, got %d"
              .formatted(image, channels, height, width, bytes.length));
    }
  }

  /** Bytes in an image. */
  int imageSize() {
    return channels * height * width;
  }

  /** Number of images. */
  int count() {
    return bytes.length / imageSize();
  }
}
