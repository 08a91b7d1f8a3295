package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.resample.RoiPool;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Tensor;

/** ROI pooling: every pixel is asked whether it lies in a bin. */
record ReferenceRoiPool(RoiShape shape) implements RoiPool {
  @Override
  public void forward(
      Tensor x, Tensor regions, int[] images, Tensor y, int[] indices, Parallel par) {
    requireShape(x, shape.x(), "x");
    requireShape(regions, shape.regions(), "regions");
    requireShape(y, shape.y(), "y");
    requireDisjoint(y, "y", x, "x");
    requireDisjoint(y, "y", regions, "regions");
    check(images, indices);
    int bins = shape.ph() * shape.pw();
    for (int i = 0; i < y.size(); i++) {
      int r = i / bins / x.shape().dim(1);
      float best = 0;
      int index = -1;
      for (int iy = 0; iy < x.shape().dim(2); iy++) {
        for (int ix = 0; ix < x.shape().dim(3); ix++) {
          boolean inside =
              holds(
                      regions.get(r, 1),
                      regions.get(r, 3),
                      i / shape.pw() % shape.ph(),
                      shape.ph(),
                      iy)
                  && holds(regions.get(r, 0), regions.get(r, 2), i % shape.pw(), shape.pw(), ix);
          float v = x.get(images[r], i / bins % x.shape().dim(1), iy, ix);
          if (inside && (index < 0 || v > best || (Float.isNaN(v) && !Float.isNaN(best)))) {
            best = v;
            index = iy * x.shape().dim(3) + ix;
          }
        }
      }
      y.array()[y.offset() + i] = best;
      indices[i] = index;
    }
  }

  private boolean holds(float from, float to, int bin, int bins, int pixel) {
    double begin = rounded(from);
    double size = Math.max(1, rounded(to) - begin + 1) / bins;
    return pixel >= Math.floor(bin * size) + begin && pixel < Math.ceil((bin + 1) * size) + begin;
  }

  /** In pixels, halves away from 0. */
  private double rounded(float coordinate) {
    double p = Float.isNaN(coordinate) ? 0 : coordinate * shape.scale();
    return p < 0 ? Math.ceil(p - 0.5) : Math.floor(p + 0.5);
  }

  @Override
  public void backward(Tensor dy, int[] images, int[] indices, Tensor dx, Parallel par) {
    requireShape(dy, shape.y(), "dy");
    requireShape(dx, shape.x(), "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    check(images, indices);
    double[] sums = new double[dx.size()];
    int bins = shape.ph() * shape.pw();
    int channels = dx.shape().dim(1);
    int pixels = dx.shape().dim(2) * dx.shape().dim(3);
    for (int i = 0; i < dy.size(); i++) {
      int plane = images[i / bins / channels] * channels + i / bins % channels;
      if (indices[i] >= 0) {
        sums[plane * pixels + indices[i]] += dy.array()[dy.offset() + i];
      }
    }
    for (int i = 0; i < sums.length; i++) {
      dx.array()[dx.offset() + i] = (float) sums[i];
    }
  }

  private void check(int[] images, int[] indices) {
    shape.requireImages(images);
    if (indices.length != shape.y().size()) {
      throw new IllegalArgumentException(
          "indices must have "
              + shape.y().size()
              + " elements, one for each of y "
              + shape.y()
              + ", got "
              + indices.length);
    }
  }
}
