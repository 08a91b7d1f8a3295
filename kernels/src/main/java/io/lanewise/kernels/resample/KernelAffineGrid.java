package io.lanewise.kernels.resample;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link AffineGrid}, a task an image. A position costs a handful of operations and is written once
 * for all channels of an image, so plain loops in float64 do: they have the same bits everywhere.
 */
final class KernelAffineGrid implements AffineGrid {
  private static final long FLOPS_PER_FLOAT = 6;

  private final Shape grid;
  private final Shape theta;
  private final boolean alignCorners;
  private final int axes;
  private final int positions;
  private final double[] base; // [positions][axes], width first
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelAffineGrid(Shape grid, boolean alignCorners) {
    AffineGrid.requireGrid(grid);
    this.grid = grid;
    this.theta = theta();
    this.alignCorners = alignCorners;
    this.axes = grid.dim(-1);
    this.positions = grid.size() == 0 ? 0 : grid.size() / grid.dim(0) / axes;
    this.base = new double[positions * axes];
    for (int o = 0; o < positions; o++) {
      int rest = o;
      for (int a = 0; a < axes; a++) {
        int size = grid.dim(axes - a);
        base[o * axes + a] = AffineGrid.position(rest % size, size, alignCorners);
        rest /= size;
      }
    }
  }

  @Override
  public Shape grid() {
    return grid;
  }

  @Override
  public boolean alignCorners() {
    return alignCorners;
  }

  @Override
  public void forward(Tensor t, Tensor g, Parallel par) {
    requireShape(t, theta, "theta");
    requireShape(g, grid, "grid");
    requireDisjoint(g, "grid", t, "theta");
    run(t, g, par, true);
  }

  @Override
  public void backward(Tensor dgrid, Tensor dtheta, Parallel par) {
    requireShape(dgrid, grid, "dgrid");
    requireShape(dtheta, theta, "dtheta");
    requireDisjoint(dtheta, "dtheta", dgrid, "dgrid");
    run(dtheta, dgrid, par, false);
  }

  private void run(Tensor t, Tensor g, Parallel par, boolean onward) {
    try (Call call = calls.take()) {
      call.t = t;
      call.g = g;
      par.forWork(grid.size() * FLOPS_PER_FLOAT)
          .forEach(grid.dim(0), onward ? call.onward : call.back);
    }
  }

  private final class Call extends CallFrame {
    private Tensor t;
    private Tensor g;
    private final TaskBody onward = this::onward;
    private final TaskBody back = this::back;

    private void onward(int img, int worker) {
      int at = g.offset() + img * positions * axes;
      int row = t.offset() + img * axes * (axes + 1);
      for (int o = 0; o < positions; o++) {
        for (int a = 0; a < axes; a++) {
          double sum = t.array()[row + a * (axes + 1) + axes];
          for (int b = 0; b < axes; b++) {
            sum += t.array()[row + a * (axes + 1) + b] * base[o * axes + b];
          }
          g.array()[at + o * axes + a] = (float) sum;
        }
      }
    }

    private void back(int img, int worker) {
      int at = g.offset() + img * positions * axes;
      int row = t.offset() + img * axes * (axes + 1);
      for (int a = 0; a < axes; a++) {
        for (int b = 0; b <= axes; b++) {
          double sum = 0;
          for (int o = 0; o < positions; o++) {
            sum += g.array()[at + o * axes + a] * (b == axes ? 1 : base[o * axes + b]);
          }
          t.array()[row + a * (axes + 1) + b] = (float) sum;
        }
      }
    }

    @Override
    protected void clear() {
      t = null;
      g = null;
    }
  }
}
