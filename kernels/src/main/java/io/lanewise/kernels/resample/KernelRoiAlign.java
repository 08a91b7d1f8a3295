package io.lanewise.kernels.resample;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.WorkerInts;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.ResampleKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link RoiAlign} sample by sample: one sample of all bins makes a table, by which all channels
 * are gathered or scattered. A task is a region, or, backwards, a block of channels of all regions.
 */
final class KernelRoiAlign implements RoiAlign {
  private static final int CHANNELS = 16;
  private static final long FLOPS_PER_BIN = 50;

  private final RoiAlignShape shape;
  private final Shape xShape;
  private final Shape yShape;
  private final Shape regionsShape;
  private final ResampleKernels kernels;
  private final ElementwiseKernels elementwise;
  private final RoiTaps taps;
  private final int channels;
  private final int bins;
  private final int pixels;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelRoiAlign(RoiAlignShape shape, Target target) {
    this.shape = shape;
    this.xShape = shape.roi().x();
    this.yShape = shape.roi().y();
    this.regionsShape = shape.roi().regions();
    this.kernels = target.kernels().resample();
    this.elementwise = target.kernels().elementwise();
    this.taps = new RoiTaps(shape);
    this.channels = xShape.dim(1);
    this.bins = Math.multiplyExact(shape.roi().ph(), shape.roi().pw());
    this.pixels = xShape.dim(2) * xShape.dim(3);
    // A table, a row of bins and, for the greatest, rows of values and of samples' numbers.
    long rows = RoiTaps.TAPS + 1 + (shape.max() ? 2L * CHANNELS : 0);
    this.workspace = new WorkspaceSpec(0, rows * bins);
  }

  @Override
  public RoiAlignShape shape() {
    return shape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void forward(
      Tensor x, Tensor regions, int[] images, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, xShape, "x");
    requireShape(regions, regionsShape, "regions");
    requireShape(y, yShape, "y");
    requireDisjoint(y, "y", x, "x");
    requireDisjoint(y, "y", regions, "regions");
    requireRegions(regions, images);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.set(x, regions, images, y, ws, par.workers());
      par.forWork(yShape.size() * FLOPS_PER_BIN).forEach(shape.roi().rois(), call.forward);
    }
  }

  @Override
  public void backward(
      Tensor dy, Tensor x, Tensor regions, int[] images, Tensor dx, Workspace ws, Parallel par) {
    requireShape(dy, yShape, "dy");
    requireShape(x, xShape, "x");
    requireShape(regions, regionsShape, "regions");
    requireShape(dx, xShape, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    requireDisjoint(dx, "dx", x, "x");
    requireDisjoint(dx, "dx", regions, "regions");
    requireRegions(regions, images);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.set(x, regions, images, dy, ws, par.workers());
      call.dx = dx;
      long flops = xShape.size() + yShape.size() * FLOPS_PER_BIN;
      par.forWork(flops).forEach(Math.ceilDiv(channels, CHANNELS), call.backward);
    }
  }

  private void requireRegions(Tensor regions, int[] images) {
    shape.roi().requireImages(images);
    float[] a = regions.array();
    for (int r = 0; r < images.length; r++) {
      int at = regions.offset() + 4 * r;
      shape.requireRegion(r, a[at], a[at + 1], a[at + 2], a[at + 3]);
    }
  }

  private final class Call extends CallFrame {
    private final WorkerInts indices = new WorkerInts(RoiTaps.TAPS * bins);
    private Tensor x;
    private Tensor regions;
    private int[] images;
    private Tensor y; // or dy
    private Tensor dx;
    private Workspace ws;
    private final TaskBody forward = this::forward;
    private final TaskBody backward = this::backward;

    void set(Tensor image, Tensor boxes, int[] of, Tensor out, Workspace scratch, int workers) {
      x = image;
      regions = boxes;
      images = of;
      y = out;
      ws = scratch;
      indices.require(workers);
    }

    private int samples(int r) {
      return taps.samplesDown(regions, r) * taps.samplesAcross(regions, r);
    }

    private void fill(int r, int sample, int worker) {
      taps.fill(regions, r, sample, indices.of(worker), ws.array(), ws.workerOffset(worker));
    }

    private int row(int worker) {
      return ws.workerOffset(worker) + RoiTaps.TAPS * bins;
    }

    private int plane(int r, int c) {
      return (images[r] * channels + c) * pixels;
    }

    /** A sample of all bins of a channel. */
    private void gather(int r, int c, int worker) {
      kernels.gather(
          RoiTaps.TAPS,
          indices.of(worker),
          0,
          ws.array(),
          ws.workerOffset(worker),
          bins,
          x.array(),
          x.offset() + plane(r, c),
          ws.array(),
          row(worker),
          bins);
    }

    private void forward(int r, int worker) {
      int first = y.offset() + r * channels * bins;
      Arrays.fill(y.array(), first, first + channels * bins, 0f);
      for (int sample = 0; sample < samples(r); sample++) {
        fill(r, sample, worker);
        for (int c = 0; c < channels; c++) {
          gather(r, c, worker);
          int to = first + c * bins;
          if (!shape.max()) {
            elementwise.add(ws.array(), row(worker), y.array(), to, bins);
          } else {
            greatest(sample, worker, y.array(), to, null, 0);
          }
        }
      }
    }

    /** Takes the sample's row where it is greater than what is there, or the first. */
    private void greatest(
        int sample, int worker, float[] best, int bestOff, float[] which, int whichOff) {
      int from = row(worker);
      for (int i = 0; i < bins; i++) {
        float v = ws.array()[from + i];
        float b = best[bestOff + i];
        if (sample == 0 || v > b || (Float.isNaN(v) && !Float.isNaN(b))) {
          best[bestOff + i] = v;
          if (which != null) {
            which[whichOff + i] = sample;
          }
        }
      }
    }

    private void backward(int task, int worker) {
      int from = task * CHANNELS;
      int to = Math.min(channels, from + CHANNELS);
      for (int img = 0; img < xShape.dim(0); img++) {
        int at = dx.offset() + (img * channels + from) * pixels;
        Arrays.fill(dx.array(), at, at + (to - from) * pixels, 0f);
      }
      for (int r = 0; r < images.length; r++) {
        if (shape.max()) {
          find(r, from, to, worker);
        }
        for (int sample = 0; sample < samples(r); sample++) {
          fill(r, sample, worker);
          for (int c = from; c < to; c++) {
            int dyOff = y.offset() + (r * channels + c) * bins;
            if (shape.max()) {
              mask(sample, c - from, dyOff, worker);
              scatter(r, c, ws.array(), row(worker), worker);
            } else {
              scatter(r, c, y.array(), dyOff, worker);
            }
          }
        }
      }
    }

    /** Which sample of each bin is the greatest. */
    private void find(int r, int from, int to, int worker) {
      int best = row(worker) + bins;
      int which = best + CHANNELS * bins;
      for (int sample = 0; sample < samples(r); sample++) {
        fill(r, sample, worker);
        for (int c = from; c < to; c++) {
          gather(r, c, worker);
          int at = (c - from) * bins;
          greatest(sample, worker, ws.array(), best + at, ws.array(), which + at);
        }
      }
    }

    /** dy where this sample is the greatest, otherwise 0. */
    private void mask(int sample, int c, int dyOff, int worker) {
      int which = row(worker) + bins + (CHANNELS + c) * bins;
      for (int i = 0; i < bins; i++) {
        boolean its = ws.array()[which + i] == sample;
        ws.array()[row(worker) + i] = its ? y.array()[dyOff + i] : 0;
      }
    }

    private void scatter(int r, int c, float[] dy, int dyOff, int worker) {
      kernels.scatter(
          RoiTaps.TAPS,
          indices.of(worker),
          0,
          ws.array(),
          ws.workerOffset(worker),
          bins,
          dy,
          dyOff,
          dx.array(),
          dx.offset() + plane(r, c),
          bins);
    }

    @Override
    protected void clear() {
      x = null;
      regions = null;
      images = null;
      y = null;
      dx = null;
      ws = null;
    }
  }
}
