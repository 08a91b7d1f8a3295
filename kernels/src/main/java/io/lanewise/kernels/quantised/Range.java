package io.lanewise.kernels.quantised;

/**
 * Values that codes should reach.
 *
 * @param min the least
 * @param max the greatest
 */
public record Range(float min, float max) {
  /** Checks the order. */
  public Range {
    if (!(min <= max) || !Float.isFinite(min) || !Float.isFinite(max)) {
      throw new IllegalArgumentException(
          "a range needs finite limits in order, got [" + min + ", " + max + "]");
    }
  }

  /** The greatest absolute value. */
  public float reach() {
    return Math.max(Math.abs(min), Math.abs(max));
  }
}
