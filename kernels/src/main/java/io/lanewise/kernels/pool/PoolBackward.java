package io.lanewise.kernels.pool;

import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The loops of a gradient that goes to all taps of a window. Each row of inputs takes from the
 * outputs whose windows hold a part of it, in their order, so rows are independent and both layouts
 * give the same bits. Channels last, a task is a row; channels first, an image of one channel,
 * which is computed as an image with one channel that is last.
 */
final class PoolBackward {
  /** What a run of outputs side by side, whose windows are alike, adds to one row of inputs. */
  interface Op {
    /**
     * As the gradients of {@link io.lanewise.kernels.micro.PoolKernels}.
     *
     * @param in x, or null where the gradient does not need it
     * @param inOff where x's taps of the first output begin
     * @param out y, or null where the gradient does not need it
     */
    void run(
        int channels,
        int ld,
        int outputs,
        int taps,
        float counted,
        float[] in,
        int inOff,
        float[] out,
        int outOff,
        float[] dy,
        int dyOff,
        float[] dx,
        int dxOff);
  }

  private final PoolGrid grid;
  private final boolean countsPadding;
  private final Op op;
  private final int ld;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  PoolBackward(PoolGrid grid, boolean countsPadding, Op op) {
    this.grid = grid;
    this.countsPadding = countsPadding;
    this.op = op;
    this.ld = grid.isChannelsLast() ? grid.c() : 1;
  }

  /** Checks nothing; {@code x} and {@code y} may be null. */
  void run(Tensor x, Tensor y, Tensor dy, Tensor dx, Parallel par) {
    try (Call call = calls.take()) {
      call.x = x;
      call.y = y;
      call.dy = dy;
      call.dx = dx;
      int rows = grid.d().in() * grid.h().in();
      Parallel team = par.forWork(grid.taps());
      if (grid.isChannelsLast()) {
        team.forEach(grid.n() * rows, call.row);
      } else {
        team.forEach(grid.planes(), call.image);
      }
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor y;
    private Tensor dy;
    private Tensor dx;
    private final TaskBody row = this::row;
    private final TaskBody image = this::image;

    private void row(int task, int worker) {
      int rows = grid.d().in() * grid.h().in();
      inputs(task / rows, task % rows);
    }

    private void image(int task, int worker) {
      int rows = grid.d().in() * grid.h().in();
      for (int r = 0; r < rows; r++) {
        inputs(task, r);
      }
    }

    /** One row of one image's inputs. */
    private void inputs(int image, int row) {
      PoolAxis d = grid.d();
      PoolAxis h = grid.h();
      PoolAxis w = grid.w();
      int iz = row / h.in();
      int iy = row % h.in();
      int at = (image * grid.xPixels() + row * w.in()) * ld;
      Arrays.fill(dx.array(), dx.offset() + at, dx.offset() + at + w.in() * ld, 0f);
      for (int z = d.holders(iz); z < d.holders(iz + 1); z++) {
        for (int r = h.holders(iy); r < h.holders(iy + 1); r++) {
          int oz = d.output(z);
          int oy = h.output(r);
          int from = (image * grid.yPixels() + (oz * h.out() + oy) * w.out()) * ld;
          take(oz, oy, from, at);
        }
      }
    }

    private void take(int oz, int oy, int from, int at) {
      PoolAxis w = grid.w();
      int end;
      for (int ox = 0; ox < w.out(); ox = end) {
        end = w.end(ox);
        if (w.taps(ox) > 0) {
          int out = from + ox * ld;
          int in = at + w.first(ox) * ld;
          op.run(
              ld,
              ld,
              end - ox,
              w.taps(ox),
              grid.counted(oz, oy, ox, countsPadding),
              x == null ? null : x.array(),
              x == null ? 0 : x.offset() + in,
              y == null ? null : y.array(),
              y == null ? 0 : y.offset() + out,
              dy.array(),
              dy.offset() + out,
              dx.array(),
              dx.offset() + in);
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
      dy = null;
      dx = null;
    }
  }
}
