package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Pooling of images plane by plane. */
final class PlanePoolingOperations {
  private static final String FAMILY = "pooling of planes";
  private static final PoolShape SHAPE = PoolShape.square(2, 3, 7, 9, 3, 2, 1);
  private static final List<Integer> IMAGES = List.of(2);

  private PlanePoolingOperations() {}

  static List<Operation> all() {
    return List.of(
        Operation.of(
            FAMILY,
            "max pooling of planes",
            IMAGES,
            (backend, axes) -> max(backend).subList(0, 2),
            (backend, axes) -> max(backend).subList(2, 3)),
        Operation.of(
            FAMILY,
            "average pooling of planes",
            IMAGES,
            (backend, axes) -> average(backend).subList(0, 1),
            (backend, axes) -> average(backend).subList(1, 2)));
  }

  private static List<Tensor> max(Backend backend) {
    MaxPool pool = backend.maxPool(SHAPE);
    Tensor y = Tensor.zeros(SHAPE.y());
    int[] indices = new int[y.size()];
    Workspace ws = Workspace.allocate(pool.workspace(), 1);
    pool.forward(ExampleData.tensor(SHAPE.x(), 1), y, indices, ws, Parallel.SEQUENTIAL);
    Tensor found = Tensor.zeros(SHAPE.y());
    for (int i = 0; i < indices.length; i++) {
      found.array()[i] = indices[i];
    }
    Tensor dx = Tensor.zeros(SHAPE.x());
    pool.backward(ExampleData.tensor(SHAPE.y(), 2), indices, dx, Parallel.SEQUENTIAL);
    return List.of(y, found, dx);
  }

  private static List<Tensor> average(Backend backend) {
    AvgPool pool = backend.avgPool(SHAPE, false);
    Tensor y = Tensor.zeros(SHAPE.y());
    Workspace ws = Workspace.allocate(pool.workspace(), 1);
    pool.forward(ExampleData.tensor(SHAPE.x(), 1), y, ws, Parallel.SEQUENTIAL);
    Tensor dx = Tensor.zeros(SHAPE.x());
    pool.backward(ExampleData.tensor(SHAPE.y(), 2), dx, ws, Parallel.SEQUENTIAL);
    return List.of(y, dx);
  }
}
