package io.lanewise.kernels.resample;

import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * The four pixels that one sample of each bin of a region reads, with their weights. In float64,
 * rounded at the end.
 */
final class RoiTaps {
  /** Pixels of a sample. */
  static final int TAPS = 4;

  private final RoiAlignShape shape;
  private final int ih;
  private final int iw;
  private final int ph;
  private final int pw;

  RoiTaps(RoiAlignShape shape) {
    this.shape = shape;
    this.ih = shape.roi().x().dim(2);
    this.iw = shape.roi().x().dim(3);
    this.ph = shape.roi().ph();
    this.pw = shape.roi().pw();
  }

  int samplesDown(Tensor regions, int r) {
    return shape.samples(extentDown(regions, r), ph);
  }

  int samplesAcross(Tensor regions, int r) {
    return shape.samples(extentAcross(regions, r), pw);
  }

  private double extentDown(Tensor regions, int r) {
    int at = regions.offset() + 4 * r;
    return shape.extent(regions.array()[at + 1], regions.array()[at + 3]);
  }

  private double extentAcross(Tensor regions, int r) {
    int at = regions.offset() + 4 * r;
    return shape.extent(regions.array()[at], regions.array()[at + 2]);
  }

  /**
   * Tables of one sample of every bin.
   *
   * @param sample its number, row by row
   * @param index [TAPS][ph][pw], written
   * @param table [TAPS][ph][pw] from {@code off}, written; of a mean the weights are divided by the
   *     number of samples
   */
  void fill(Tensor regions, int r, int sample, int[] index, float[] table, int off) {
    int down = samplesDown(regions, r);
    int across = samplesAcross(regions, r);
    int at = regions.offset() + 4 * r;
    double top = shape.begin(regions.array()[at + 1]);
    double left = shape.begin(regions.array()[at]);
    double stepDown = extentDown(regions, r) / ph;
    double stepAcross = extentAcross(regions, r) / pw;
    double share = shape.max() ? 1 : 1.0 / ((double) down * across);
    for (int by = 0; by < ph; by++) {
      int row = sample / across;
      double y = top + by * stepDown + (row + 0.5) * stepDown / down;
      for (int bx = 0; bx < pw; bx++) {
        double x = left + bx * stepAcross + (sample % across + 0.5) * stepAcross / across;
        point(y, x, share, by * pw + bx, index, table, off);
      }
    }
  }

  private void point(double y, double x, double share, int bin, int[] index, float[] t, int off) {
    boolean outside = y < -1 || y > ih || x < -1 || x > iw;
    double row = outside ? 0 : Math.clamp(y, 0, ih - 1);
    double column = outside ? 0 : Math.clamp(x, 0, iw - 1);
    int y0 = (int) row;
    int x0 = (int) column;
    int y1 = Math.min(ih - 1, y0 + 1);
    int x1 = Math.min(iw - 1, x0 + 1);
    double fy = row - y0;
    double fx = column - x0;
    double s = outside ? 0 : share;
    int bins = ph * pw;
    set(index, t, off, bin, y0 * iw + x0, s * (1 - fy) * (1 - fx));
    set(index, t, off, bin + bins, y0 * iw + x1, s * (1 - fy) * fx);
    set(index, t, off, bin + 2 * bins, y1 * iw + x0, s * fy * (1 - fx));
    set(index, t, off, bin + 3 * bins, y1 * iw + x1, s * fy * fx);
    if (outside) {
      t[off + bin] = -0f; // the kernels make 0 of it
    }
  }

  private static void set(int[] index, float[] t, int off, int at, int pixel, double weight) {
    index[at] = pixel;
    t[off + at] = (float) weight;
  }
}
