package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.activation.PRelu;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Every activation, and PReLU. */
final class ActivationOperations {
  private static final String FAMILY = "activation";
  private static final List<Integer> CHANNELS = List.of(2, 3, 4, 5);
  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.identity(),
          Activation.step(),
          Activation.threshold(0.5f, -1),
          Activation.clamp(-1, 1),
          Activation.relu(),
          Activation.relu6(),
          Activation.leakyRelu(),
          Activation.elu(),
          Activation.selu(),
          Activation.celu(2),
          Activation.gelu(),
          Activation.geluTanh(),
          Activation.sigmoid(),
          Activation.hardSigmoid(),
          Activation.silu(),
          Activation.hardSwish(),
          Activation.mish(),
          Activation.softplus(),
          Activation.softsign(),
          Activation.tanh());

  private ActivationOperations() {}

  static List<Operation> all() {
    List<Operation> all = new ArrayList<>();
    for (Activation f : ACTIVATIONS) {
      all.add(
          Operation.of(
              FAMILY,
              f.toString(),
              Operation.ANY,
              (backend, axes) -> forward(backend, f, axes),
              (backend, axes) -> backward(backend, f, axes)));
    }
    all.add(
        Operation.of(
            FAMILY,
            "prelu",
            CHANNELS,
            (backend, axes) -> prelu(backend, axes).subList(0, 1),
            (backend, axes) -> prelu(backend, axes).subList(1, 3)));
    return all;
  }

  private static List<Tensor> forward(Backend backend, Activation f, int axes) {
    Tensor x = input(axes);
    Tensor y = Tensor.zeros(x.shape());
    backend.activation(f).forward(x, y, Parallel.SEQUENTIAL);
    return List.of(y);
  }

  private static List<Tensor> backward(Backend backend, Activation f, int axes) {
    ActivationOp op = backend.activation(f);
    Tensor x = input(axes);
    Tensor saved = f.needsInput() ? x : forward(backend, f, axes).get(0);
    Tensor dx = Tensor.zeros(x.shape());
    op.backward(saved, ExampleData.tensor(x.shape(), 2), dx, Parallel.SEQUENTIAL);
    // A step's gradient is 0 everywhere: a 1 beside it shows that something was written.
    return f.equals(Activation.step()) ? List.of(dx, Tensor.zeros(1).fill(1)) : List.of(dx);
  }

  /** A lone element is where no activation is 0. */
  private static Tensor input(int axes) {
    Tensor x = ExampleData.tensor(ExampleData.shape(axes), 1);
    return axes == 0 ? x.fill(0.75f) : x;
  }

  private static List<Tensor> prelu(Backend backend, int axes) {
    Tensor x = ExampleData.tensor(ExampleData.shape(axes), 1);
    Shape shape = x.shape();
    PRelu op = backend.prelu(shape, Layout.CHANNELS_FIRST, shape.dim(1));
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    Tensor slope = ExampleData.tensor(Shape.of(op.slopes()), 2);
    Tensor y = Tensor.zeros(shape);
    op.forward(x, slope, y, ws, Parallel.SEQUENTIAL);
    Tensor dx = Tensor.zeros(shape);
    Tensor dslope = Tensor.zeros(slope.shape());
    Tensor dy = ExampleData.tensor(shape, 3);
    op.backward(x, slope, dy, dx, dslope, ws, Parallel.SEQUENTIAL);
    return List.of(y, dx, dslope);
  }
}
