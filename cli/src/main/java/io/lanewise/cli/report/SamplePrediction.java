package io.lanewise.cli.report;

/**
 * One test image and what the model said about it.
 *
 * @param pixels [height][width], grey levels 0 (black) to 255 (white) as unsigned bytes; copied
 * @param actual index of the true class
 * @param predicted index of the most probable class
 * @param probability of the predicted class, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out; samples are not compared
public record SamplePrediction(
    byte[] pixels, int width, int height, int actual, int predicted, double probability) {

  /** Validates, and copies the pixels. */
  public SamplePrediction {
    Checks.atLeast("image width", 1, width);
    Checks.atLeast("image height", 1, height);
    if (pixels.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          "a %d x %d image has %d pixels, got %d"
              .formatted(width, height, width * height, pixels.length));
    }
    Checks.atLeast("actual class", 0, actual);
    Checks.atLeast("predicted class", 0, predicted);
    Checks.share("probability", probability);
    pixels = pixels.clone();
  }

  /** A copy of the pixels. */
  @Override
  public byte[] pixels() {
    return pixels.clone();
  }

  /** Whether the model was right. */
  public boolean right() {
    return actual == predicted;
  }
}
