package io.lanewise.benchmarks.plan;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.movement.Concat;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** What moves elements. */
final class MovePlans {
  private MovePlans() {}

  static Planned of(Backend backend, Task task, Layout layout) {
    Movements moves = backend.movements().in(layout);
    if (task.op() == Op.CONCAT) {
      return concat(moves, task, layout);
    }
    Movement op = movement(moves, task);
    Tensor x = Plans.x(task, op.xLayout());
    Tensor y = Planned.unwritten(op.y(), op.yLayout());
    return Planned.of(y, parallel -> op.forward(x, y, parallel));
  }

  private static Movement movement(Movements moves, Task task) {
    Shape s = task.sizes();
    return switch (task.op()) {
      case TRANSPOSE -> moves.permute(s, 1, 0);
      case PAD -> moves.pad(s, new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 1}, 0);
      case FLIP -> moves.flip(s, -1);
      case SLICE ->
          moves.slice(
              s, new int[] {-1}, new int[] {0}, new int[] {Integer.MAX_VALUE}, new int[] {2});
      default -> throw new AssertionError(task + " is no movement");
    };
  }

  private static Planned concat(Movements moves, Task task, Layout layout) {
    Concat op = moves.concat(1, task.sizes(), task.sizes());
    List<Tensor> xs =
        List.of(
            Plans.x(task, layout), Planned.input(Task.uniform(task.sizes(), Task.SEED_W), layout));
    Tensor y = Planned.unwritten(op.y(), layout);
    return Planned.of(y, parallel -> op.forward(xs, y, parallel));
  }
}
