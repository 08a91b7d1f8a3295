package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Matrix products and fully connected layers. */
final class MatrixOperations {
  private static final String FAMILY = "matrix";
  private static final LinearShape LINEAR = new LinearShape(5, 7, 19);

  private MatrixOperations() {}

  static List<Operation> all() {
    return List.of(
        Operation.of(FAMILY, "matrix product", List.of(2, 3), MatrixOperations::product),
        Operation.of(
            FAMILY,
            "linear",
            List.of(2),
            (backend, axes) -> linear(backend),
            (backend, axes) -> linearGradients(backend)));
  }

  /** Along a third axis lies a batch. */
  private static List<Tensor> product(Backend backend, int axes) {
    Gemm gemm = backend.gemm(GemmShape.of(5, 19, 7).withBatch(axes == 3 ? 2 : 1));
    Tensor c = Tensor.zeros(gemm.shape().c());
    gemm.run(
        ExampleData.tensor(gemm.shape().a(), 1),
        ExampleData.tensor(gemm.shape().b(), 2),
        c,
        Workspace.allocate(gemm.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(c);
  }

  private static List<Tensor> linear(Backend backend) {
    LinearForward plan = backend.linearForward(LINEAR);
    PackedWeights packed = plan.newWeights();
    plan.pack(ExampleData.tensor(LINEAR.w(), 1), packed);
    Tensor y = Tensor.zeros(LINEAR.y());
    plan.run(
        ExampleData.tensor(LINEAR.x(), 2),
        packed,
        ExampleData.tensor(LINEAR.bias(), 3),
        y,
        Workspace.allocate(plan.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(y);
  }

  private static List<Tensor> linearGradients(Backend backend) {
    Tensor dy = ExampleData.tensor(LINEAR.y(), 4);
    LinearBackwardData data = backend.linearBackwardData(LINEAR);
    Tensor dx = Tensor.zeros(LINEAR.x());
    Workspace ws = Workspace.allocate(data.workspace(), 1);
    data.run(dy, ExampleData.tensor(LINEAR.w(), 1), dx, ws, Parallel.SEQUENTIAL);
    LinearBackwardWeights weights = backend.linearBackwardWeights(LINEAR);
    Tensor dw = Tensor.zeros(LINEAR.w());
    Tensor db = Tensor.zeros(LINEAR.bias());
    weights.run(
        ExampleData.tensor(LINEAR.x(), 2),
        dy,
        dw,
        db,
        Workspace.allocate(weights.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(dx, dw, db);
  }
}
