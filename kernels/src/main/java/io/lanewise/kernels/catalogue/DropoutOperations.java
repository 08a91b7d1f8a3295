package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.dropout.Dropout;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;

/** Dropout and random numbers. */
final class DropoutOperations {
  private static final String FAMILY = "dropout";
  private static final Layout FIRST = Layout.CHANNELS_FIRST;
  private static final long SEED = 7;
  private static final double RATE = 0.4;
  private static final List<Integer> ANY = List.of(1, 2, 3, 4, 5);

  private DropoutOperations() {}

  static List<Operation> all() {
    return List.of(
        operation(
            "dropout",
            ANY,
            (b, axes) -> b.dropouts().dropout(ExampleData.shape(axes), FIRST, RATE)),
        operation(
            "spatial dropout",
            Operation.SPATIAL,
            (b, axes) -> b.dropouts().spatialDropout(ExampleData.shape(axes + 2), FIRST, RATE)),
        operation(
            "alpha dropout",
            ANY,
            (b, axes) -> b.dropouts().alphaDropout(ExampleData.shape(axes), FIRST, RATE)),
        Operation.of(FAMILY, "uniform numbers", ANY, (b, axes) -> fill(b, axes, false)),
        Operation.of(FAMILY, "normal numbers", ANY, (b, axes) -> fill(b, axes, true)));
  }

  private static Operation operation(
      String name, List<Integer> axes, BiFunction<Backend, Integer, Dropout> plan) {
    return Operation.of(
        FAMILY,
        name,
        axes,
        (backend, n) -> run(plan.apply(backend, n), false),
        (backend, n) -> run(plan.apply(backend, n), true));
  }

  private static List<Tensor> run(Dropout op, boolean back) {
    Shape shape = op.shape();
    Tensor y = Tensor.zeros(shape);
    Tensor x = ExampleData.tensor(shape, 1);
    if (back) {
      op.backward(x, SEED, 1, y, Parallel.SEQUENTIAL);
    } else {
      op.forward(x, SEED, 1, y, Parallel.SEQUENTIAL);
    }
    return List.of(y);
  }

  private static List<Tensor> fill(Backend backend, int axes, boolean normal) {
    Tensor y = Tensor.zeros(ExampleData.shape(axes));
    if (normal) {
      backend.dropouts().randomFill().normal(1, 2, SEED, 1, y, Parallel.SEQUENTIAL);
    } else {
      backend.dropouts().randomFill().uniform(-1, 2, SEED, 1, y, Parallel.SEQUENTIAL);
    }
    return List.of(y);
  }
}
