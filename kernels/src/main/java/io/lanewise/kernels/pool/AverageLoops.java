package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/** Both directions of average pooling, whatever its windows are. */
final class AverageLoops {
  private final PoolGrid grid;
  private final PoolForward forward;
  private final AverageBackward backward;
  private final WorkspaceSpec workspace;

  AverageLoops(PoolGrid grid, boolean countsPadding, Target target) {
    this.grid = grid;
    PoolKernels kernels = target.kernels().pool(grid.steps());
    PoolForward.Op average =
        (channels, ld, outputs, planes, rows, taps, counted, x, xOff, first, y, yOff, at, atOff) ->
            kernels.average(
                channels, ld, outputs, planes, rows, taps, counted, x, xOff, first, y, yOff);
    this.forward =
        new PoolForward(grid, kernels, target.kernels(), countsPadding, 0f, false, average);
    this.backward = new AverageBackward(grid, countsPadding, target.kernels());
    this.workspace = forward.workspace().max(backward.workspace());
  }

  WorkspaceSpec workspace() {
    return workspace;
  }

  void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    grid.checkForward(x, y);
    ws.require(workspace, par.workers());
    forward.run(x, y, null, ws, par);
  }

  void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    grid.checkBackward(dy, dx);
    ws.require(workspace, par.workers());
    backward.run(dy, dx, ws, par);
  }
}
