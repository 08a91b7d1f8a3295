package io.lanewise.benchmarks.plan;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.arithmetic.Binary;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.dropout.Dropout;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** What is done to each element by itself. */
final class PointPlans {
  private static final Layout FIRST = Layout.CHANNELS_FIRST;
  private static final long SEED = 42;

  private PointPlans() {}

  static Planned of(Backend backend, Task task, int threads) {
    return switch (task.op()) {
      case ADD_RELU -> addRelu(backend, task, threads);
      case DROPOUT -> dropout(backend, task);
      default -> activation(backend, task);
    };
  }

  private static Planned addRelu(Backend backend, Task task, int threads) {
    Shape s = task.sizes();
    Binary op = backend.arithmetic().binary(BinaryOp.ADD, s, s, Activation.relu(), FIRST);
    Tensor a = Plans.x(task, FIRST);
    Tensor b = Planned.input(Task.uniform(s, Task.SEED_W), FIRST);
    Tensor y = Planned.unwritten(s, FIRST);
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.of(y, parallel -> op.forward(a, b, y, ws, parallel));
  }

  private static Planned dropout(Backend backend, Task task) {
    Dropout op = backend.dropouts().dropout(task.sizes(), FIRST, 0.5);
    Tensor x = Plans.x(task, FIRST);
    Tensor y = Planned.unwritten(task.sizes(), FIRST);
    return Planned.of(y, parallel -> op.forward(x, SEED, 1, y, parallel));
  }

  private static Planned activation(Backend backend, Task task) {
    ActivationOp op = backend.activation(kind(task.op()));
    Tensor x = Plans.x(task, FIRST);
    Tensor y = Planned.unwritten(task.sizes(), FIRST);
    return Planned.of(y, parallel -> op.forward(x, y, parallel));
  }

  private static Activation kind(Op op) {
    return switch (op) {
      case SIGMOID -> Activation.sigmoid();
      case SILU -> Activation.silu();
      case GELU -> Activation.gelu();
      default -> throw new AssertionError(op + " is no activation");
    };
  }
}
