package io.lanewise.onnx.host;

import io.lanewise.layers.typed.TypedTensor;

/**
 * The bins of one region of RoiAlign.
 *
 * @param y0 the region's top, in pixels
 * @param x0 its left
 * @param binHeight height of a bin
 * @param binWidth width of a bin
 * @param ny samples of a bin on the vertical axis
 * @param nx samples on the horizontal one
 * @param h the image's height
 * @param w its width
 * @param max whether the greatest sample counts instead of the average
 */
record RoiBins(
    double y0,
    double x0,
    double binHeight,
    double binWidth,
    int ny,
    int nx,
    int h,
    int w,
    boolean max) {
  /** Since version 16 pixels' centres lie at halves unless told otherwise. */
  static RoiBins of(HostCall call, TypedTensor rois, int r, int oh, int ow, int h, int w) {
    double scale = call.node().floatOr("spatial_scale", 1);
    String mode =
        call.node()
            .textOr(
                "coordinate_transformation_mode",
                call.opset() >= 16 ? "half_pixel" : "output_half_pixel");
    double offset = mode.equals("half_pixel") ? 0.5 : 0;
    double left = rois.doubleAt(r * 4) * scale - offset;
    double top = rois.doubleAt(r * 4 + 1) * scale - offset;
    double width = rois.doubleAt(r * 4 + 2) * scale - offset - left;
    double height = rois.doubleAt(r * 4 + 3) * scale - offset - top;
    if (offset == 0) {
      width = Math.max(width, 1);
      height = Math.max(height, 1);
    }
    int ratio = (int) call.node().intOr("sampling_ratio", 0);
    int ny = ratio > 0 ? ratio : (int) Math.ceil(height / oh);
    int nx = ratio > 0 ? ratio : (int) Math.ceil(width / ow);
    boolean max = call.node().textOr("mode", "avg").equals("max");
    return new RoiBins(top, left, height / oh, width / ow, ny, nx, h, w, max);
  }

  double value(double[] x, int plane, int oy, int ox) {
    double sum = 0;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int sy = 0; sy < ny; sy++) {
      double py = y0 + (oy + (sy + 0.5) / ny) * binHeight;
      for (int sx = 0; sx < nx; sx++) {
        double px = x0 + (ox + (sx + 0.5) / nx) * binWidth;
        double[] parts = parts(x, plane, py, px);
        for (double part : parts) {
          sum += part;
          greatest = Math.max(greatest, part);
        }
      }
    }
    int count = Math.max(ny * nx, 1);
    return max ? (ny * nx > 0 ? greatest : 0) : sum / count;
  }

  /** The four weighted pixels of a bilinear sample; a sample outside the image is 0. */
  private double[] parts(double[] x, int plane, double py, double px) {
    if (py < -1 || py > h || px < -1 || px > w) {
      return new double[4];
    }
    double cy = Math.clamp(py, 0, h - 1.0);
    double cx = Math.clamp(px, 0, w - 1.0);
    int top = (int) cy;
    int left = (int) cx;
    int bottom = Math.min(top + 1, h - 1);
    int right = Math.min(left + 1, w - 1);
    double fy = cy - top;
    double fx = cx - left;
    return new double[] {
      (1 - fy) * (1 - fx) * x[plane + top * w + left],
      (1 - fy) * fx * x[plane + top * w + right],
      fy * (1 - fx) * x[plane + bottom * w + left],
      fy * fx * x[plane + bottom * w + right]
    };
  }
}
