package io.lanewise.benchmarks.plan;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.arithmetic.ArgReduction;
import io.lanewise.kernels.arithmetic.AxisReduction;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** Sums, means and places of the greatest. */
final class ReductionPlans {
  private ReductionPlans() {}

  static Planned of(Backend backend, Task task, Layout layout, int threads) {
    return switch (task.op()) {
      case GLOBAL_AVG_POOL -> mean(backend, task, layout, threads);
      case ARGMAX -> greatest(backend, task, threads);
      default -> sum(backend, task, threads);
    };
  }

  private static Planned mean(Backend backend, Task task, Layout layout, int threads) {
    PoolShape s = PoolShape.global(task.sizes());
    AvgPool op = backend.pooling().average(s, false, layout);
    Tensor x = Plans.x(task, layout);
    Tensor y = Planned.unwritten(s.y(), layout);
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.of(y, parallel -> op.forward(x, y, ws, parallel));
  }

  private static Planned sum(Backend backend, Task task, int threads) {
    int axis = task.op() == Op.SUM_ROWS ? 1 : 0;
    AxisReduction op = backend.arithmetic().reduce(ReduceOp.SUM, task.sizes(), false, axis);
    Tensor x = Plans.x(task, Layout.CHANNELS_FIRST);
    Tensor y = Planned.unwritten(op.y(), Layout.CHANNELS_FIRST);
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.of(y, parallel -> op.forward(x, y, ws, parallel));
  }

  private static Planned greatest(Backend backend, Task task, int threads) {
    ArgReduction op = backend.arithmetic().argMax(task.sizes(), false, false, 1);
    Tensor x = Plans.x(task, Layout.CHANNELS_FIRST);
    int[] indices = new int[op.y().size()];
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return new Planned(parallel -> op.run(x, indices, ws, parallel), () -> floats(indices));
  }

  private static float[] floats(int[] indices) {
    float[] values = new float[indices.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = indices[i];
    }
    return values;
  }
}
