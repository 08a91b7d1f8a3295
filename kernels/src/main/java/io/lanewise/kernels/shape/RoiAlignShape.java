package io.lanewise.kernels.shape;

/**
 * Geometry of ROI align.
 *
 * @param roi images, regions and bins
 * @param samples a bin along each axis; 0 for as many as a bin has pixels, rounded up
 * @param max whether a bin is the greatest of its samples; otherwise their mean
 * @param halfPixel whether coordinates count from pixels' edges, as in ONNX since version 16
 *     ("half_pixel"; torchvision's {@code aligned}); otherwise from their middles, and regions are
 *     at least one pixel large
 */
public record RoiAlignShape(RoiShape roi, int samples, boolean max, boolean halfPixel) {
  /** Most samples of a bin along an axis; a region that would take more is refused. */
  public static final int MOST_SAMPLES = 1024;

  /** Validates; see the messages. */
  public RoiAlignShape {
    if (samples < 0 || samples > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "samples must be in [0, " + MOST_SAMPLES + "], got " + samples);
    }
  }

  /** Where a region begins, in pixels from the first one's middle. */
  public double begin(float coordinate) {
    return coordinate * roi.scale() - (halfPixel ? 0.5 : 0);
  }

  /** How far it reaches. */
  public double extent(float from, float to) {
    double extent = to * roi.scale() - from * roi.scale();
    return halfPixel ? extent : Math.max(1, extent);
  }

  /** Samples of a bin of a region that reaches so far in so many bins. */
  public int samples(double extent, int bins) {
    return samples > 0 ? samples : Math.max(0, (int) Math.ceil(extent / bins));
  }

  /**
   * Checks a region.
   *
   * @param r its number, for the message
   * @throws IllegalArgumentException if a coordinate is not finite or it takes too many samples
   */
  public void requireRegion(int r, float x1, float y1, float x2, float y2) {
    boolean finite =
        Float.isFinite(x1) && Float.isFinite(y1) && Float.isFinite(x2) && Float.isFinite(y2);
    if (!finite
        || samples(extent(y1, y2), roi.ph()) > MOST_SAMPLES
        || samples(extent(x1, x2), roi.pw()) > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "region %d must be finite and take at most %d samples a bin, got (%s, %s, %s, %s)"
              .formatted(r, MOST_SAMPLES, x1, y1, x2, y2));
    }
  }
}
