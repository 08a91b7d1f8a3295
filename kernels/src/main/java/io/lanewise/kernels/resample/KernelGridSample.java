package io.lanewise.kernels.resample;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.WorkerInts;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ResampleKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link GridSample}: the tables of a block of positions, then all channels by them. A task is a
 * block of positions, or, where positions scatter into the image, a block of channels.
 */
final class KernelGridSample implements GridSample {
  private static final int BLOCK = GridTaps.BLOCK;
  private static final int CHANNELS = 16; // of a task that scatters
  private static final long FLOPS_PER_POSITION = 100;

  private final GridSampleShape shape;
  private final Shape xShape;
  private final Shape yShape;
  private final ResampleKernels kernels;
  private final GridTaps taps;
  private final int axes;
  private final int channels;
  private final int positions;
  private final int pixels;
  private final int blocks;
  private final int table; // floats of the weights and their slopes
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelGridSample(GridSampleShape shape, Target target) {
    this.shape = shape;
    this.xShape = shape.x();
    this.yShape = shape.y();
    this.kernels = target.kernels().resample();
    this.taps = new GridTaps(shape);
    this.axes = shape.axes();
    this.channels = xShape.dim(1);
    this.positions = product(yShape);
    this.pixels = product(xShape);
    this.blocks = Math.ceilDiv(positions, BLOCK);
    this.table = (axes + 1) * taps.taps() * BLOCK;
    this.workspace = new WorkspaceSpec(0, table + (axes + 1L) * BLOCK);
  }

  /** Of the spatial sizes; 0 of an empty tensor, whose sizes may overflow. */
  private static int product(Shape shape) {
    int rest = shape.dim(0) * shape.dim(1);
    return shape.size() == 0 ? 0 : shape.size() / rest;
  }

  @Override
  public GridSampleShape shape() {
    return shape;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void forward(Tensor x, Tensor grid, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, xShape, "x");
    requireShape(grid, shape.grid(), "grid");
    requireShape(y, yShape, "y");
    requireDisjoint(y, "y", x, "x");
    requireDisjoint(y, "y", grid, "grid");
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.set(x, grid, y, null, ws, par.workers());
      run(par, yShape, xShape.dim(0) * blocks, call.forward);
    }
  }

  @Override
  public void backwardImage(Tensor dy, Tensor grid, Tensor dx, Workspace ws, Parallel par) {
    requireShape(dy, yShape, "dy");
    requireShape(grid, shape.grid(), "grid");
    requireShape(dx, xShape, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    requireDisjoint(dx, "dx", grid, "grid");
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.set(dx, grid, dy, null, ws, par.workers());
      run(par, xShape, xShape.dim(0) * Math.ceilDiv(channels, CHANNELS), call.byImage);
    }
  }

  @Override
  public void backwardGrid(
      Tensor dy, Tensor x, Tensor grid, Tensor dgrid, Workspace ws, Parallel par) {
    requireShape(dy, yShape, "dy");
    requireShape(x, xShape, "x");
    requireShape(grid, shape.grid(), "grid");
    requireShape(dgrid, shape.grid(), "dgrid");
    requireDisjoint(dgrid, "dgrid", dy, "dy");
    requireDisjoint(dgrid, "dgrid", x, "x");
    requireDisjoint(dgrid, "dgrid", grid, "grid");
    ws.require(workspace, par.workers());
    if (channels == 0 || !taps.isSloped()) {
      Arrays.fill(dgrid.array(), dgrid.offset(), dgrid.offset() + dgrid.size(), 0f);
      return;
    }
    try (Call call = calls.take()) {
      call.set(x, grid, dy, dgrid, ws, par.workers());
      run(par, yShape, xShape.dim(0) * blocks, call.slopes);
    }
  }

  private void run(Parallel par, Shape written, int tasks, TaskBody body) {
    if (written.size() > 0) {
      long flops =
          (long) positions * xShape.dim(0) * (FLOPS_PER_POSITION + (long) channels * taps.taps());
      par.forWork(flops).forEach(tasks, body);
    }
  }

  private final class Call extends CallFrame {
    private final WorkerInts indices = new WorkerInts(taps.taps() * BLOCK);
    private final GridTaps.Points points = new GridTaps.Points();
    private Tensor image; // x or dx
    private Tensor grid;
    private Tensor out; // y or dy
    private Tensor dgrid;
    private Workspace ws;
    private final TaskBody forward = this::forward;
    private final TaskBody byImage = this::image;
    private final TaskBody slopes = this::slopes;

    void set(Tensor x, Tensor g, Tensor y, Tensor dg, Workspace scratch, int workers) {
      image = x;
      grid = g;
      out = y;
      dgrid = dg;
      ws = scratch;
      indices.require(workers);
      points.require(workers);
    }

    private int fill(int img, int block, int worker, boolean withSlopes) {
      int first = block * BLOCK;
      int n = Math.min(BLOCK, positions - first);
      int from = grid.offset() + (img * positions + first) * axes;
      int at = ws.workerOffset(worker);
      int[] index = indices.of(worker);
      taps.fill(grid.array(), from, n, points.of(worker), index, ws.array(), at, withSlopes);
      return n;
    }

    private void forward(int task, int worker) {
      int img = task / blocks;
      int block = task % blocks;
      int n = fill(img, block, worker, false);
      for (int c = 0; c < channels; c++) {
        gather(0, img * channels + c, worker, out.array(), output(img, c, block), n);
      }
    }

    /** Sums by the weights (0) or by their slopes along an axis (1 and on). */
    private void gather(int which, int plane, int worker, float[] dst, int dstOff, int n) {
      kernels.gather(
          taps.taps(),
          indices.of(worker),
          0,
          ws.array(),
          ws.workerOffset(worker) + which * taps.taps() * BLOCK,
          BLOCK,
          image.array(),
          image.offset() + plane * pixels,
          dst,
          dstOff,
          n);
    }

    private int output(int img, int c, int block) {
      return out.offset() + (img * channels + c) * positions + block * BLOCK;
    }

    private void image(int task, int worker) {
      int parts = Math.ceilDiv(channels, CHANNELS);
      int img = task / parts;
      int from = task % parts * CHANNELS;
      int to = Math.min(channels, from + CHANNELS);
      int plane = image.offset() + img * channels * pixels;
      Arrays.fill(image.array(), plane + from * pixels, plane + to * pixels, 0f);
      for (int block = 0; block < blocks; block++) {
        int n = fill(img, block, worker, false);
        for (int c = from; c < to; c++) {
          kernels.scatter(
              taps.taps(),
              indices.of(worker),
              0,
              ws.array(),
              ws.workerOffset(worker),
              BLOCK,
              out.array(),
              output(img, c, block),
              image.array(),
              plane + c * pixels,
              n);
        }
      }
    }

    private void slopes(int task, int worker) {
      int img = task / blocks;
      int block = task % blocks;
      int n = fill(img, block, worker, true);
      float[] scratch = ws.array();
      int sums = ws.workerOffset(worker) + table;
      int row = sums + axes * BLOCK;
      Arrays.fill(scratch, sums, row, 0f);
      for (int c = 0; c < channels; c++) {
        for (int axis = 0; axis < axes; axis++) {
          gather(axis + 1, img * channels + c, worker, scratch, row, n);
          int dy = output(img, c, block);
          kernels.multiplyAdd(scratch, row, out.array(), dy, scratch, sums + axis * BLOCK, n);
        }
      }
      int to = dgrid.offset() + (img * positions + block * BLOCK) * axes;
      for (int i = 0; i < n; i++) {
        for (int axis = 0; axis < axes; axis++) {
          dgrid.array()[to + i * axes + axes - 1 - axis] = scratch[sums + axis * BLOCK + i];
        }
      }
    }

    @Override
    protected void clear() {
      image = null;
      grid = null;
      out = null;
      dgrid = null;
      ws = null;
    }
  }
}
