package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Poolings, without the places of the greatest, and their gradients, in each layout. */
final class PoolRuns {
  private PoolRuns() {}

  static List<String> variants() {
    return List.of(PlannedRun.name(Layout.CHANNELS_LAST), PlannedRun.name(Layout.CHANNELS_FIRST));
  }

  static Prepared max(Backend backend, Task task, String variant, int threads) {
    PoolShape s = task.pool();
    Layout layout = PlannedRun.layout(variant);
    MaxPool pool = backend.pooling().max(s, layout);
    Tensor x = Run.input(Task.uniform(s.x(), Task.SEED_X), layout);
    Tensor y = Run.unwritten(s.y(), layout);
    Workspace workspace = Workspace.allocate(pool.workspace(), threads);
    return Run.writing(y, threads, parallel -> pool.forward(x, y, null, workspace, parallel));
  }

  static Prepared maxBackward(Backend backend, Task task, String variant, int threads) {
    PoolShape s = task.pool();
    Layout layout = PlannedRun.layout(variant);
    MaxPool pool = backend.pooling().max(s, layout);
    Tensor x = Run.input(Task.uniform(s.x(), Task.SEED_X), layout);
    int[] indices = new int[s.y().size()];
    Workspace workspace = Workspace.allocate(pool.workspace(), 1);
    pool.forward(x, Tensor.zeros(s.y(), layout), indices, workspace, Parallel.SEQUENTIAL);
    Tensor dy = Run.input(Task.uniform(s.y(), Task.SEED_DY), layout);
    Tensor dx = Run.unwritten(s.x(), layout);
    return Run.writing(dx, threads, parallel -> pool.backward(dy, indices, dx, parallel));
  }

  static Prepared average(Backend backend, Task task, String variant, int threads) {
    PoolShape s = task.pool();
    Layout layout = PlannedRun.layout(variant);
    AvgPool pool = backend.pooling().average(s, false, layout);
    Tensor x = Run.input(Task.uniform(s.x(), Task.SEED_X), layout);
    Tensor y = Run.unwritten(s.y(), layout);
    Workspace workspace = Workspace.allocate(pool.workspace(), threads);
    return Run.writing(y, threads, parallel -> pool.forward(x, y, workspace, parallel));
  }

  static Prepared averageBackward(Backend backend, Task task, String variant, int threads) {
    PoolShape s = task.pool();
    Layout layout = PlannedRun.layout(variant);
    AvgPool pool = backend.pooling().average(s, false, layout);
    Tensor dy = Run.input(Task.uniform(s.y(), Task.SEED_DY), layout);
    Tensor dx = Run.unwritten(s.x(), layout);
    Workspace workspace = Workspace.allocate(pool.workspace(), threads);
    return Run.writing(dx, threads, parallel -> pool.backward(dy, dx, workspace, parallel));
  }
}
