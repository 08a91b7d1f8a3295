package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;

/** Poolings and their gradients. */
final class PoolRuns {
  private PoolRuns() {}

  static Prepared max(Backend backend, Task task, int threads) {
    PoolShape s = task.pool();
    MaxPool pool = backend.maxPool(s);
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor y = Run.unwritten(s.y());
    int[] indices = new int[y.size()];
    Workspace workspace = Workspace.allocate(pool.workspace(), threads);
    return Run.writing(y, threads, parallel -> pool.forward(x, y, indices, workspace, parallel));
  }

  static Prepared maxBackward(Backend backend, Task task, int threads) {
    PoolShape s = task.pool();
    MaxPool pool = backend.maxPool(s);
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    int[] indices = new int[s.y().size()];
    Workspace workspace = Workspace.allocate(pool.workspace(), 1);
    pool.forward(x, Tensor.zeros(s.y()), indices, workspace, Parallel.SEQUENTIAL);
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    Tensor dx = Run.unwritten(s.x());
    return Run.writing(dx, threads, parallel -> pool.backward(dy, indices, dx, parallel));
  }

  static Prepared average(Backend backend, Task task, int threads) {
    PoolShape s = task.pool();
    AvgPool pool = backend.avgPool(s, false);
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor y = Run.unwritten(s.y());
    Workspace workspace = Workspace.allocate(pool.workspace(), threads);
    return Run.writing(y, threads, parallel -> pool.forward(x, y, workspace, parallel));
  }

  static Prepared averageBackward(Backend backend, Task task, int threads) {
    PoolShape s = task.pool();
    AvgPool pool = backend.avgPool(s, false);
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    Tensor dx = Run.unwritten(s.x());
    return Run.writing(dx, threads, parallel -> pool.backward(dy, dx, parallel));
  }
}
