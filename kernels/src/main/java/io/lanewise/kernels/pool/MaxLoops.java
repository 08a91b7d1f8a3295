package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/** Both directions of max pooling, whatever its windows are. */
final class MaxLoops {
  private final PoolGrid grid;
  private final PoolForward forward;
  private final Scatter backward;

  MaxLoops(PoolGrid grid, Target target) {
    this.grid = grid;
    PoolKernels kernels = target.kernels().pool(grid.steps());
    PoolForward.Op max =
        (channels, ld, outputs, planes, rows, taps, counted, x, xOff, first, y, yOff, at, atOff) ->
            kernels.max(
                channels, ld, outputs, planes, rows, taps, x, xOff, first, y, yOff, at, atOff);
    this.forward =
        new PoolForward(grid, kernels, target.kernels(), false, Float.NEGATIVE_INFINITY, true, max);
    this.backward =
        new Scatter(
            Scatter.Kind.ADD, grid.n(), grid.c(), grid.yPixels(), grid.xPixels(), grid.layout());
  }

  WorkspaceSpec workspace() {
    return forward.workspace();
  }

  void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par) {
    grid.checkForward(x, y);
    if (indices != null) {
      grid.checkIndices(indices);
    }
    forward.run(x, y, indices, ws, par);
  }

  void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
    grid.checkBackward(dy, dx);
    grid.checkIndices(indices);
    backward.run(dy, indices, dx, par);
  }
}
