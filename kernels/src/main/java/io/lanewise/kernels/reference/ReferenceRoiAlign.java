package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.resample.RoiAlign;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.tensor.Tensor;

/** ROI align in float64, one sample of one bin at a time. */
public record ReferenceRoiAlign(RoiAlignShape shape) implements RoiAlign {
  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public void forward(
      Tensor x, Tensor regions, int[] images, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, shape.roi().x(), "x");
    requireShape(regions, shape.roi().regions(), "regions");
    requireShape(y, shape.roi().y(), "y");
    requireDisjoint(y, "y", x, "x");
    requireDisjoint(y, "y", regions, "regions");
    requireRegions(regions, images);
    bins(null, x, regions, images, y);
  }

  @Override
  public void backward(
      Tensor dy, Tensor x, Tensor regions, int[] images, Tensor dx, Workspace ws, Parallel par) {
    requireShape(dy, shape.roi().y(), "dy");
    requireShape(x, shape.roi().x(), "x");
    requireShape(regions, shape.roi().regions(), "regions");
    requireShape(dx, shape.roi().x(), "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    requireDisjoint(dx, "dx", x, "x");
    requireDisjoint(dx, "dx", regions, "regions");
    requireRegions(regions, images);
    double[] sums = new double[dx.size()];
    bins(sums, x, regions, images, dy);
    for (int i = 0; i < sums.length; i++) {
      dx.array()[dx.offset() + i] = (float) sums[i];
    }
  }

  private void requireRegions(Tensor regions, int[] images) {
    shape.roi().requireImages(images);
    for (int r = 0; r < images.length; r++) {
      shape.requireRegion(
          r, regions.get(r, 0), regions.get(r, 1), regions.get(r, 2), regions.get(r, 3));
    }
  }

  /** Writes y, or spreads it (as dy) over {@code sums}. */
  private void bins(double[] sums, Tensor x, Tensor regions, int[] images, Tensor y) {
    int pw = shape.roi().pw();
    int ph = shape.roi().ph();
    int channels = x.shape().dim(1);
    for (int i = 0; i < y.size(); i++) {
      int r = i / (pw * ph * channels);
      double[] across = points(regions.get(r, 0), regions.get(r, 2), i % pw, pw);
      double[] down = points(regions.get(r, 1), regions.get(r, 3), i / pw % ph, ph);
      int plane = images[r] * channels + i / pw / ph % channels;
      double total = 0;
      double best = Double.NaN;
      double[] at = null;
      double share = (double) y.array()[y.offset() + i] / (down.length * across.length);
      for (double py : down) {
        for (double px : across) {
          double v = sample(x, plane, py, px, null, 0);
          total += v;
          if (at == null || v > best || (Double.isNaN(v) && !Double.isNaN(best))) {
            best = v;
            at = new double[] {py, px};
          }
          if (sums != null && !shape.max()) {
            sample(x, plane, py, px, sums, share);
          }
        }
      }
      if (sums != null && shape.max() && at != null) {
        sample(x, plane, at[0], at[1], sums, y.array()[y.offset() + i]);
      }
      if (sums == null) {
        double mean = at == null ? 0 : total / (down.length * across.length);
        y.array()[y.offset() + i] = (float) (shape.max() && at != null ? best : mean);
      }
    }
  }

  private double[] points(float from, float to, int bin, int bins) {
    double extent = shape.extent(from, to);
    double step = extent / bins;
    double[] points = new double[shape.samples(extent, bins)];
    for (int s = 0; s < points.length; s++) {
      points[s] = shape.begin(from) + bin * step + (s + 0.5) * step / points.length;
    }
    return points;
  }

  /** Reads a sample or, if there are sums, adds {@code value} to what it reads. */
  private double sample(Tensor x, int plane, double y, double z, double[] sums, double value) {
    int ih = x.shape().dim(2);
    int iw = x.shape().dim(3);
    if (y < -1 || y > ih || z < -1 || z > iw) {
      return 0;
    }
    double row = Math.clamp(y, 0, ih - 1);
    double column = Math.clamp(z, 0, iw - 1);
    double sum = 0;
    for (int iy = 0; iy < ih; iy++) {
      for (int ix = 0; ix < iw; ix++) {
        double w = Math.max(0, 1 - Math.abs(row - iy)) * Math.max(0, 1 - Math.abs(column - ix));
        int at = (plane * ih + iy) * iw + ix;
        if (w != 0 && sums == null) {
          sum += w * x.array()[x.offset() + at];
        } else if (w != 0) {
          sums[at] += w * value;
        }
      }
    }
    return sum;
  }
}
