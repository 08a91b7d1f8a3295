package io.lanewise.kernels.resample;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link RoiPool} bin by bin: bins are a few pixels wide and differ from region to region, so plain
 * loops do. A task is a region, or, backwards, a channel of all regions.
 */
final class KernelRoiPool implements RoiPool {
  private static final double FAR = 1 << 28; // pixels; sums of two fit in an int

  private final RoiShape shape;
  private final Shape xShape;
  private final Shape yShape;
  private final Shape regionsShape;
  private final int channels;
  private final int ih;
  private final int iw;
  private final int ph;
  private final int pw;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelRoiPool(RoiShape shape) {
    this.shape = shape;
    this.xShape = shape.x();
    this.yShape = shape.y();
    this.regionsShape = shape.regions();
    this.channels = xShape.dim(1);
    this.ih = xShape.dim(2);
    this.iw = xShape.dim(3);
    this.ph = shape.ph();
    this.pw = shape.pw();
  }

  @Override
  public RoiShape shape() {
    return shape;
  }

  @Override
  public void forward(
      Tensor x, Tensor regions, int[] images, Tensor y, int[] indices, Parallel par) {
    requireShape(x, xShape, "x");
    requireShape(regions, regionsShape, "regions");
    requireShape(y, yShape, "y");
    requireDisjoint(y, "y", x, "x");
    requireDisjoint(y, "y", regions, "regions");
    shape.requireImages(images);
    requireIndices(indices);
    try (Call call = calls.take()) {
      call.x = x;
      call.regions = regions;
      call.images = images;
      call.y = y;
      call.indices = indices;
      par.forWork(Math.max(xShape.size(), yShape.size())).forEach(shape.rois(), call.forward);
    }
  }

  @Override
  public void backward(Tensor dy, int[] images, int[] indices, Tensor dx, Parallel par) {
    requireShape(dy, yShape, "dy");
    requireShape(dx, xShape, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    shape.requireImages(images);
    requireIndices(indices);
    try (Call call = calls.take()) {
      call.x = dx;
      call.images = images;
      call.y = dy;
      call.indices = indices;
      par.forWork((long) xShape.size() + yShape.size()).forEach(channels, call.backward);
    }
  }

  private void requireIndices(int[] indices) {
    if (indices.length != yShape.size()) {
      throw new IllegalArgumentException(
          "indices must have "
              + yShape.size()
              + " elements, one for each of y "
              + yShape
              + ", got "
              + indices.length);
    }
  }

  /** A coordinate in whole pixels, halves away from 0. */
  private int pixel(float coordinate) {
    double p = coordinate * shape.scale();
    double whole = Math.copySign(Math.floor(Math.abs(p) + 0.5), p);
    return (int) Math.clamp(whole, -FAR, FAR);
  }

  private final class Call extends CallFrame {
    private Tensor x; // or dx
    private Tensor regions;
    private int[] images;
    private Tensor y; // or dy
    private int[] indices;
    private final TaskBody forward = this::forward;
    private final TaskBody backward = this::backward;

    private void forward(int r, int worker) {
      int box = regions.offset() + 4 * r;
      float[] a = regions.array();
      int left = pixel(a[box]);
      int top = pixel(a[box + 1]);
      double down = Math.max(1, pixel(a[box + 3]) - top + 1) / (double) ph;
      double across = Math.max(1, pixel(a[box + 2]) - left + 1) / (double) pw;
      for (int by = 0; by < ph; by++) {
        int y0 = Math.clamp((long) Math.floor(by * down) + top, 0, ih);
        int y1 = Math.clamp((long) Math.ceil((by + 1) * down) + top, 0, ih);
        for (int bx = 0; bx < pw; bx++) {
          int x0 = Math.clamp((long) Math.floor(bx * across) + left, 0, iw);
          int x1 = Math.clamp((long) Math.ceil((bx + 1) * across) + left, 0, iw);
          for (int c = 0; c < channels; c++) {
            bin(images[r] * channels + c, y0, y1, x0, x1, ((r * channels + c) * ph + by) * pw + bx);
          }
        }
      }
    }

    private void bin(int plane, int y0, int y1, int x0, int x1, int to) {
      int from = x.offset() + plane * ih * iw;
      int index = -1;
      float best = 0;
      for (int iy = y0; iy < y1; iy++) {
        for (int ix = x0; ix < x1; ix++) {
          float v = x.array()[from + iy * iw + ix];
          if (index < 0 || v > best || (Float.isNaN(v) && !Float.isNaN(best))) {
            best = v;
            index = iy * iw + ix;
          }
        }
      }
      y.array()[y.offset() + to] = best;
      indices[to] = index;
    }

    private void backward(int c, int worker) {
      int pixels = ih * iw;
      for (int img = 0; img < xShape.dim(0); img++) {
        int at = x.offset() + (img * channels + c) * pixels;
        Arrays.fill(x.array(), at, at + pixels, 0f);
      }
      for (int r = 0; r < images.length; r++) {
        int plane = x.offset() + (images[r] * channels + c) * pixels;
        for (int bin = 0; bin < ph * pw; bin++) {
          int at = (r * channels + c) * ph * pw + bin;
          if (indices[at] >= 0) {
            x.array()[plane + indices[at]] += y.array()[y.offset() + at];
          }
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      regions = null;
      images = null;
      y = null;
      indices = null;
    }
  }
}
