package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The loops of an average's gradient, {@code dx = Σ over the windows that hold an input of dy /
 * count}: for each row of inputs first one row of sums over the rows of outputs that hold it, times
 * the inverse of their count, and from that the sums along the row. So each gradient is read once
 * for each row of a window, not for each tap, and each input is written once. Channels last, a task
 * is a row; channels first, {@value #LANES} images of one channel, transposed into scratch memory
 * as if they were channels, and the result back, so both layouts give the same bits.
 */
final class AverageBackward {
  private static final int LANES = 16; // as many as the widest vector has
  private static final long SMALL = 1L << 24; // floats of scratch memory that are no matter

  private final PoolGrid grid;
  private final boolean countsPadding;
  private final int ld;
  private final PoolKernels kernels;
  private final TransposeKernel gather; // from [planes][yPixels]
  private final TransposeKernel scatter; // from [xPixels][ld]
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  AverageBackward(PoolGrid grid, boolean countsPadding, KernelSet set) {
    this.grid = grid;
    this.countsPadding = countsPadding;
    this.kernels = set.pool(grid.steps());
    boolean last = grid.isChannelsLast();
    long floats = (long) grid.xPixels() + grid.yPixels() + grid.w().out();
    this.ld =
        last ? grid.c() : LANES * floats <= SMALL ? LANES : Math.clamp(grid.planes(), 1, LANES);
    this.gather = set.transpose(grid.yPixels());
    this.scatter = set.transpose(ld);
    this.workspace = new WorkspaceSpec(0, ld * (last ? grid.w().out() : floats));
  }

  WorkspaceSpec workspace() {
    return workspace;
  }

  /** Checks nothing but the workspace. */
  void run(Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.dy = dy;
      call.dx = dx;
      call.ws = ws;
      Parallel team = par.forWork(grid.taps());
      if (grid.isChannelsLast()) {
        team.forEach(grid.n() * grid.d().in() * grid.h().in(), call.row);
      } else {
        team.forEach(Math.ceilDiv(grid.planes(), ld), call.block);
      }
    }
  }

  private final class Call extends CallFrame {
    private Tensor dy;
    private Tensor dx;
    private Workspace ws;
    private final TaskBody row = this::row;
    private final TaskBody block = this::block;

    private void row(int task, int worker) {
      int rows = grid.d().in() * grid.h().in();
      int image = dy.offset() + task / rows * grid.yPixels() * ld;
      int to = dx.offset() + task * grid.w().in() * ld;
      inputs(task % rows, dy.array(), image, ws.array(), ws.workerOffset(worker), dx.array(), to);
    }

    private void block(int task, int worker) {
      int first = task * ld;
      int width = Math.min(ld, grid.planes() - first);
      int in = grid.xPixels();
      int out = grid.yPixels();
      float[] scratch = ws.array();
      int slopes = ws.workerOffset(worker);
      int sums = slopes + out * ld;
      int turned = sums + grid.w().out() * ld;
      gather.run(dy.array(), dy.offset() + first * out, width, out, scratch, slopes, ld);
      int rowFloats = grid.w().in() * ld;
      for (int r = 0; r < grid.d().in() * grid.h().in(); r++) {
        inputs(r, scratch, slopes, scratch, sums, scratch, turned + r * rowFloats);
      }
      scatter.run(scratch, turned, in, width, dx.array(), dx.offset() + first * in, in);
    }

    @Override
    protected void clear() {
      dy = null;
      dx = null;
      ws = null;
    }
  }

  /** One row of one image's inputs. */
  private void inputs(
      int row, float[] dy, int image, float[] scratch, int sums, float[] dx, int dxOff) {
    PoolAxis d = grid.d();
    PoolAxis h = grid.h();
    PoolAxis w = grid.w();
    int iz = row / h.in();
    int iy = row % h.in();
    int z = d.holders(iz);
    int y = h.holders(iy);
    int planes = d.holders(iz + 1) - z;
    int rows = h.holders(iy + 1) - y;
    if (planes == 0 || rows == 0) {
      Arrays.fill(dx, dxOff, dxOff + w.in() * ld, 0f);
      return;
    }
    if (d.countAlike(iz, countsPadding) && h.countAlike(iy, countsPadding)) {
      alike(d.output(z), h.output(y), planes, rows, dy, image, scratch, sums);
    } else {
      Arrays.fill(scratch, sums, sums + w.out() * ld, 0f);
      for (int i = 0; i < planes * rows; i++) {
        add(d.output(z + i / rows), h.output(y + i % rows), dy, image, scratch, sums);
      }
    }
    w.collect(kernels, ld, scratch, sums, dx, dxOff);
  }

  /** The sums of rows that count alike, from the first one, over that count. */
  private void alike(
      int oz, int oy, int planes, int rows, float[] dy, int image, float[] scratch, int sums) {
    PoolAxis w = grid.w();
    int first = (oz * grid.h().out() + oy) * w.out();
    int row = grid.h().spacing() * w.out() * ld;
    int plane = grid.d().spacing() * grid.h().out() * w.out() * ld;
    int end;
    for (int ox = 0; ox < w.out(); ox = end) {
      end = w.endCounted(ox, countsPadding);
      int n = (end - ox) * ld;
      float inverse = 1 / grid.counted(oz, oy, ox, countsPadding);
      int from = image + (first + ox) * ld;
      kernels.sumRows(n, planes, rows, plane, row, inverse, dy, from, scratch, sums + ox * ld);
    }
  }

  /** Adds a row over its counts. */
  private void add(int oz, int oy, float[] dy, int image, float[] scratch, int sums) {
    PoolAxis w = grid.w();
    int first = (oz * grid.h().out() + oy) * w.out();
    int end;
    for (int ox = 0; ox < w.out(); ox = end) {
      end = w.endCounted(ox, countsPadding);
      float inverse = 1 / grid.counted(oz, oy, ox, countsPadding);
      int from = image + (first + ox) * ld;
      kernels.addScaled((end - ox) * ld, inverse, dy, from, scratch, sums + ox * ld);
    }
  }
}
