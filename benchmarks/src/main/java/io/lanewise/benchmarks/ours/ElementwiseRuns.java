package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Activations, softmax and cross-entropy. */
final class ElementwiseRuns {
  private ElementwiseRuns() {}

  private static ActivationOp activation(Backend backend, Task task) {
    return backend.activation(
        task.op().forward() == Op.RELU ? Activation.relu() : Activation.tanh());
  }

  static Prepared forward(Backend backend, Task task, int threads) {
    ActivationOp op = activation(backend, task);
    Tensor x = Run.input(Task.uniform(task.sizes(), Task.SEED_X), Layout.CHANNELS_FIRST);
    Tensor y = Run.unwritten(task.sizes());
    return Run.writing(y, threads, parallel -> op.forward(x, y, parallel));
  }

  static Prepared backward(Backend backend, Task task, int threads) {
    ActivationOp op = activation(backend, task);
    Tensor y = Task.uniform(task.sizes(), Task.SEED_X);
    op.forward(y, y, Parallel.SEQUENTIAL);
    Tensor dy = Task.uniform(task.sizes(), Task.SEED_DY);
    Tensor dx = Run.unwritten(task.sizes());
    return Run.writing(dx, threads, parallel -> op.backward(y, dy, dx, parallel));
  }

  static Prepared softmax(Backend backend, Task task, int threads) {
    Softmax op = backend.softmax();
    Tensor x = Run.input(Task.uniform(task.sizes(), Task.SEED_X), Layout.CHANNELS_FIRST);
    Tensor y = Run.unwritten(task.sizes());
    return Run.writing(y, threads, parallel -> op.forward(x, y, parallel));
  }

  static Prepared softmaxBackward(Backend backend, Task task, int threads) {
    Softmax op = backend.softmax();
    Tensor y = Task.uniform(task.sizes(), Task.SEED_X);
    op.forward(y, y, Parallel.SEQUENTIAL);
    Tensor dy = Task.uniform(task.sizes(), Task.SEED_DY);
    Tensor dx = Run.unwritten(task.sizes());
    return Run.writing(dx, threads, parallel -> op.backward(y, dy, dx, parallel));
  }

  static Prepared crossEntropy(Backend backend, Task task, int threads) {
    SoftmaxCrossEntropy op = backend.softmaxCrossEntropy();
    Shape s = task.sizes();
    Tensor x = Task.uniform(s, Task.SEED_X);
    int[] labels = Task.labels(s.dim(0), s.dim(1));
    Tensor losses = Tensor.zeros(Shape.of(s.dim(0)));
    Tensor dx = Run.unwritten(s);
    return Run.writing(
        dx,
        threads,
        parallel -> {
          op.forward(x, labels, losses, dx, parallel); // dx holds the probabilities meanwhile
          op.backward(dx, labels, dx, parallel);
        });
  }
}
