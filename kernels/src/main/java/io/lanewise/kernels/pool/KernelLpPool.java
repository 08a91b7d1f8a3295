package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** {@link LpPool}: sums of magnitudes and of squares in vectors, others by {@link GeneralNorm}. */
final class KernelLpPool implements LpPool {
  private final PoolShape shape;
  private final double p;
  private final PoolGrid grid;
  private final PoolForward forward;
  private final PoolBackward backward;

  KernelLpPool(PoolShape shape, double p, Layout layout, Target target) {
    LpPool.requireExponent(p);
    this.shape = shape;
    this.p = p;
    this.grid = PoolGrid.of(shape, layout);
    PoolKernels kernels = target.kernels().pool(grid.steps());
    this.forward =
        new PoolForward(grid, kernels, target.kernels(), false, 0f, false, norm(kernels));
    this.backward = new PoolBackward(grid, false, gradient(kernels));
  }

  private PoolForward.Op norm(PoolKernels kernels) {
    if (p == 1) {
      return (channels,
          ld,
          outputs,
          planes,
          rows,
          taps,
          counted,
          x,
          xOff,
          first,
          y,
          yOff,
          at,
          atOff) ->
          kernels.norm1(channels, ld, outputs, planes, rows, taps, x, xOff, first, y, yOff);
    }
    if (p == 2) {
      return (channels,
          ld,
          outputs,
          planes,
          rows,
          taps,
          counted,
          x,
          xOff,
          first,
          y,
          yOff,
          at,
          atOff) ->
          kernels.norm2(channels, ld, outputs, planes, rows, taps, x, xOff, first, y, yOff);
    }
    GeneralNorm general = new GeneralNorm(p, grid.steps());
    return (channels,
        ld,
        outputs,
        planes,
        rows,
        taps,
        counted,
        x,
        xOff,
        first,
        y,
        yOff,
        at,
        atOff) -> general.run(ld, outputs, planes, rows, taps, x, xOff, first, y, yOff);
  }

  private PoolBackward.Op gradient(PoolKernels kernels) {
    if (p == 1) {
      return (channels, ld, outputs, taps, counted, x, xOff, y, yOff, dy, dyOff, dx, dxOff) ->
          kernels.spreadNorm1(channels, ld, outputs, taps, x, xOff, dy, dyOff, dx, dxOff);
    }
    if (p == 2) {
      return (channels, ld, outputs, taps, counted, x, xOff, y, yOff, dy, dyOff, dx, dxOff) ->
          kernels.spreadNorm2(channels, ld, outputs, taps, x, xOff, y, yOff, dy, dyOff, dx, dxOff);
    }
    GeneralNorm general = new GeneralNorm(p, grid.steps());
    return (channels, ld, outputs, taps, counted, x, xOff, y, yOff, dy, dyOff, dx, dxOff) ->
        general.spread(ld, outputs, taps, x, xOff, y, yOff, dy, dyOff, dx, dxOff);
  }

  @Override
  public PoolShape shape() {
    return shape;
  }

  @Override
  public double p() {
    return p;
  }

  @Override
  public Layout layout() {
    return grid.layout();
  }

  @Override
  public WorkspaceSpec workspace() {
    return forward.workspace();
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    grid.checkForward(x, y);
    forward.run(x, y, null, ws, par);
  }

  @Override
  public void backward(Tensor x, Tensor y, Tensor dy, Tensor dx, Parallel par) {
    grid.checkBackward(x, y, dy, dx);
    backward.run(x, y, dy, dx, par);
  }
}
