package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.AxisSoftmax;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Softmax along an axis and of rows, its logarithm, cross-entropy of rows. */
final class SoftmaxOperations {
  private static final String FAMILY = "softmax";

  private SoftmaxOperations() {}

  static List<Operation> all() {
    return List.of(
        Operation.of(
            FAMILY,
            "softmax along an axis",
            List.of(1, 2, 3, 4, 5),
            (backend, axes) -> forward(softmax(backend, axes)),
            (backend, axes) -> backward(softmax(backend, axes))),
        Operation.of(
            FAMILY,
            "log-softmax along an axis",
            List.of(1, 2, 3, 4, 5),
            (backend, axes) -> forward(logSoftmax(backend, axes)),
            (backend, axes) -> backward(logSoftmax(backend, axes))),
        Operation.of(
            FAMILY,
            "softmax of rows",
            List.of(2),
            (backend, axes) -> rows(backend).subList(0, 1),
            (backend, axes) -> rows(backend).subList(1, 2)),
        Operation.of(
            FAMILY,
            "cross-entropy of rows",
            List.of(2),
            (backend, axes) -> crossEntropy(backend).subList(0, 2),
            (backend, axes) -> crossEntropy(backend).subList(2, 3)));
  }

  private static AxisSoftmax softmax(Backend backend, int axes) {
    return backend.softmax(ExampleData.shape(axes), axes / 2);
  }

  private static AxisSoftmax logSoftmax(Backend backend, int axes) {
    return backend.logSoftmax(ExampleData.shape(axes), axes / 2);
  }

  private static List<Tensor> forward(AxisSoftmax op) {
    Shape shape = op.shape();
    Tensor y = Tensor.zeros(shape);
    op.forward(ExampleData.tensor(shape, 1), y, workspace(op), Parallel.SEQUENTIAL);
    return List.of(y);
  }

  private static List<Tensor> backward(AxisSoftmax op) {
    Tensor y = forward(op).get(0);
    Tensor dx = Tensor.zeros(op.shape());
    Tensor dy = ExampleData.tensor(op.shape(), 2);
    op.backward(y, dy, dx, workspace(op), Parallel.SEQUENTIAL);
    return List.of(dx);
  }

  private static List<Tensor> rows(Backend backend) {
    Softmax op = backend.softmax();
    Tensor x = ExampleData.tensor(ExampleData.shape(2), 1);
    Tensor y = Tensor.zeros(x.shape());
    op.forward(x, y, Parallel.SEQUENTIAL);
    Tensor dx = Tensor.zeros(x.shape());
    op.backward(y, ExampleData.tensor(x.shape(), 2), dx, Parallel.SEQUENTIAL);
    return List.of(y, dx);
  }

  private static List<Tensor> crossEntropy(Backend backend) {
    SoftmaxCrossEntropy op = backend.softmaxCrossEntropy();
    Tensor x = ExampleData.tensor(ExampleData.shape(2), 1);
    int[] labels = {2, 0};
    Tensor losses = Tensor.zeros(labels.length);
    Tensor probabilities = Tensor.zeros(x.shape());
    op.forward(x, labels, losses, probabilities, Parallel.SEQUENTIAL);
    Tensor dx = Tensor.zeros(x.shape());
    op.backward(probabilities, labels, dx, Parallel.SEQUENTIAL);
    return List.of(losses, probabilities, dx);
  }

  private static Workspace workspace(AxisSoftmax op) {
    return Workspace.allocate(op.workspace(), 1);
  }
}
