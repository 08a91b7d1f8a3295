package io.lanewise.benchmarks.plan;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.resample.GridSample;
import io.lanewise.kernels.resample.Resize;
import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Images read between their pixels. */
final class ResamplePlans {
  private ResamplePlans() {}

  static Planned of(Backend backend, Task task, Layout layout, int threads) {
    return task.op() == Op.GRID_SAMPLE
        ? turned(backend, task, threads)
        : resized(backend, task, layout, threads);
  }

  private static Planned resized(Backend backend, Task task, Layout layout, int threads) {
    ResizeShape s = ResampleOperands.resize(task);
    Resize op = backend.resampling().resize(s, layout);
    Tensor x = Plans.x(task, layout);
    Tensor y = Planned.unwritten(s.y(), layout);
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.of(y, parallel -> op.forward(x, y, ws, parallel));
  }

  private static Planned turned(Backend backend, Task task, int threads) {
    Shape s = task.sizes();
    Tensor grid = ResampleOperands.grid(s);
    GridSample op =
        backend
            .resampling()
            .gridSample(
                new GridSampleShape(
                    s, grid.shape(), Interpolation.LINEAR, GridPadding.ZEROS, false));
    Tensor x = Plans.x(task, Layout.CHANNELS_FIRST);
    Tensor y = Planned.unwritten(s, Layout.CHANNELS_FIRST);
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.of(y, parallel -> op.forward(x, grid, y, ws, parallel));
  }
}
