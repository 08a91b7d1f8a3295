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
 * The loops of a forward pass. Channels last, a task is one row of outputs, computed where it lies.
 * Channels first, a task is {@value #LANES} images of one channel, transposed into scratch memory
 * as if they were channels, and the result back, so both layouts give the same bits.
 */
final class PoolForward {
  private static final int LANES = 16; // as many as the widest vector has
  private static final long SMALL = 1L << 24; // floats of scratch memory that are no matter

  /** What becomes of a run of outputs side by side whose windows are alike. */
  interface Op {
    /**
     * As {@link PoolKernels}.
     *
     * @param counted taps in the padded input, or inside, as the average wants it
     */
    void run(
        int channels,
        int ld,
        int outputs,
        int planes,
        int rows,
        int taps,
        float counted,
        float[] x,
        int xOff,
        int first,
        float[] y,
        int yOff,
        float[] places,
        int placesOff);
  }

  private final PoolGrid grid;
  private final Op op;
  private final boolean countsPadding;
  private final float ofNothing;
  private final int ld;
  private final PoolKernels kernels;
  private final TransposeKernel gather; // from [planes][xPixels]
  private final TransposeKernel scatter; // from [yPixels][ld]
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /**
   * Plans the loops.
   *
   * @param ofNothing what a window of padding alone gives
   * @param places whether the op tells places
   */
  PoolForward(
      PoolGrid grid,
      PoolKernels kernels,
      KernelSet set,
      boolean countsPadding,
      float ofNothing,
      boolean places,
      Op op) {
    this.grid = grid;
    this.op = op;
    this.countsPadding = countsPadding;
    this.ofNothing = ofNothing;
    this.kernels = kernels;
    boolean last = grid.isChannelsLast();
    long pixels = grid.xPixels() + (places ? 3L : 1L) * grid.yPixels();
    this.ld =
        last ? grid.c() : LANES * pixels <= SMALL ? LANES : Math.clamp(grid.planes(), 1, LANES);
    this.gather = set.transpose(grid.xPixels());
    this.scatter = set.transpose(ld);
    long row = places ? (long) grid.w().out() * ld : 0;
    this.workspace = new WorkspaceSpec(0, last ? row : ld * pixels);
  }

  WorkspaceSpec workspace() {
    return workspace;
  }

  /** Checks nothing but the workspace; {@code indices} may be null. */
  void run(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par) {
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.x = x;
      call.y = y;
      call.indices = indices;
      call.ws = ws;
      Parallel team = par.forWork(grid.taps());
      if (grid.isChannelsLast()) {
        team.forEach(grid.n() * grid.d().out() * grid.h().out(), call.row);
      } else {
        team.forEach(Math.ceilDiv(grid.planes(), ld), call.block);
      }
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor y;
    private int[] indices;
    private Workspace ws;
    private final TaskBody row = this::row;
    private final TaskBody block = this::block;

    private void row(int task, int worker) {
      int rows = grid.d().out() * grid.h().out();
      int image = x.offset() + task / rows * grid.xPixels() * ld;
      int rowFloats = grid.w().out() * ld;
      int to = task * rowFloats;
      int scratch = ws.workerOffset(worker);
      float[] places = indices == null ? null : ws.array();
      outputs(task % rows, x.array(), image, y.array(), y.offset() + to, places, scratch);
      if (indices != null) {
        kernels.toInts(places, scratch, indices, to, rowFloats);
      }
    }

    private void block(int task, int worker) {
      int first = task * ld;
      int width = Math.min(ld, grid.planes() - first);
      int in = grid.xPixels();
      int out = grid.yPixels();
      float[] scratch = ws.array();
      int xs = ws.workerOffset(worker);
      int ys = xs + in * ld;
      int ps = ys + out * ld;
      gather.run(x.array(), x.offset() + first * in, width, in, scratch, xs, ld);
      int rows = grid.d().out() * grid.h().out();
      int rowFloats = grid.w().out() * ld;
      float[] places = indices == null ? null : scratch;
      for (int r = 0; r < rows; r++) {
        outputs(r, scratch, xs, scratch, ys + r * rowFloats, places, ps + r * rowFloats);
      }
      scatter.run(scratch, ys, out, width, y.array(), y.offset() + first * out, out);
      if (indices != null) {
        int turned = ps + out * ld;
        scatter.run(scratch, ps, out, width, scratch, turned, out);
        kernels.toInts(scratch, turned, indices, first * out, width * out);
      }
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
      indices = null;
      ws = null;
    }
  }

  /** One row of one image's outputs. */
  private void outputs(
      int row, float[] x, int image, float[] y, int yOff, float[] places, int placesOff) {
    int oz = row / grid.h().out();
    int oy = row % grid.h().out();
    int planes = grid.d().taps(oz);
    int rows = grid.h().taps(oy);
    PoolAxis w = grid.w();
    int first = (grid.d().first(oz) * grid.h().in() + grid.h().first(oy)) * w.in();
    int end;
    for (int ox = 0; ox < w.out(); ox = end) {
      end = w.end(ox);
      int to = yOff + ox * ld;
      int placesTo = placesOff + ox * ld;
      if (planes == 0 || rows == 0 || w.taps(ox) == 0) {
        nothing((end - ox) * ld, y, to, places, placesTo);
      } else {
        float counted = grid.counted(oz, oy, ox, countsPadding);
        int at = first + w.first(ox);
        op.run(
            ld,
            ld,
            end - ox,
            planes,
            rows,
            w.taps(ox),
            counted,
            x,
            image,
            at,
            y,
            to,
            places,
            placesTo);
      }
    }
  }

  private void nothing(int floats, float[] y, int to, float[] places, int placesTo) {
    Arrays.fill(y, to, to + floats, ofNothing);
    if (places != null) {
      Arrays.fill(places, placesTo, placesTo + floats, Float.intBitsToFloat(-1));
    }
  }
}
