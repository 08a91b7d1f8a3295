package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Objects;

/**
 * Geometry of pooling over regions of interest. Tensors: x [n][c][ih][iw], regions [rois][4] with
 * (x1, y1, x2, y2), y [rois][c][ph][pw].
 *
 * @param x shape of x
 * @param rois number of regions
 * @param ph bins along the height of a region
 * @param pw bins along its width
 * @param scale of the regions' coordinates to pixels of x
 */
public record RoiShape(Shape x, int rois, int ph, int pw, double scale) {
  /** Validates; see the messages. */
  public RoiShape {
    Objects.requireNonNull(x, "x");
    if (x.rank() != 4 || x.dim(2) < 1 || x.dim(3) < 1) {
      throw new IllegalArgumentException(
          "regions need images [n][c][ih][iw] with at least one pixel, got " + x);
    }
    if (rois < 0 || ph < 1 || pw < 1) {
      throw new IllegalArgumentException(
          "rois must be at least 0, ph and pw at least 1, got rois=%d ph=%d pw=%d"
              .formatted(rois, ph, pw));
    }
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException("the scale must be finite and above 0, got " + scale);
    }
    Shape.of(rois, x.dim(1), ph, pw);
  }

  /** Shape of the regions. */
  public Shape regions() {
    return Shape.of(rois, 4);
  }

  /** Shape of y. */
  public Shape y() {
    return Shape.of(rois, x.dim(1), ph, pw);
  }

  /**
   * Checks which image each region belongs to.
   *
   * @throws IllegalArgumentException naming the first that is none
   */
  public void requireImages(int[] images) {
    if (images.length != rois) {
      throw new IllegalArgumentException(
          "images must have one number a region, that is " + rois + ", got " + images.length);
    }
    for (int r = 0; r < rois; r++) {
      if (images[r] < 0 || images[r] >= x.dim(0)) {
        throw new IllegalArgumentException(
            "region %d must be of an image in [0, %d), got %d".formatted(r, x.dim(0), images[r]));
      }
    }
  }
}
