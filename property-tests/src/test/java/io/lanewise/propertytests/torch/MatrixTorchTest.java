package io.lanewise.propertytests.torch;

import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Map;

class MatrixTorchTest extends TorchAgreement {
  MatrixTorchTest() {
    super("matrix", Map.of("gemm", MatrixTorchTest::gemm, "linear", MatrixTorchTest::linear));
  }

  private static void gemm(TorchRun run) {
    Gemm gemm = run.backend().gemm(GemmShape.parse(run.text("shape")));
    Tensor c = run.input("c");
    gemm.run(
        run.input("a"), run.input("b"), c, run.workspace(gemm.workspace()), Parallel.SEQUENTIAL);
    run.agrees("c", c);
  }

  private static void linear(TorchRun run) {
    LinearShape shape = LinearShape.parse(run.text("shape"));
    LinearForward forward = run.backend().linearForward(shape);
    PackedWeights packed = forward.newWeights();
    forward.pack(run.input("w"), packed);
    Tensor y = run.blank(shape.y());
    forward.run(
        run.input("x"),
        packed,
        run.input("b"),
        y,
        run.workspace(forward.workspace()),
        Parallel.SEQUENTIAL);
    run.agrees("y", y);

    LinearBackwardData data = run.backend().linearBackwardData(shape);
    Tensor dx = run.blank(shape.x());
    data.run(
        run.input("dy"), run.input("w"), dx, run.workspace(data.workspace()), Parallel.SEQUENTIAL);
    run.agrees("dx", dx);

    LinearBackwardWeights weights = run.backend().linearBackwardWeights(shape);
    Tensor dw = Tensor.zeros(shape.w());
    Tensor db = Tensor.zeros(shape.bias());
    weights.run(
        run.input("x"),
        run.input("dy"),
        dw,
        db,
        run.workspace(weights.workspace()),
        Parallel.SEQUENTIAL);
    run.agrees("dw", dw);
    run.agrees("db", db);
  }
}
