package io.lanewise.propertytests.torch;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Map;

class Pooling2dTorchTest extends TorchAgreement {
  Pooling2dTorchTest() {
    super(
        "pooling2d",
        Map.of("max-pool", Pooling2dTorchTest::max, "average-pool", Pooling2dTorchTest::average));
  }

  private static void max(TorchRun run) {
    PoolShape shape = PoolShape.parse(run.text("shape"));
    MaxPool pool = run.backend().maxPool(shape);
    Tensor y = run.blank(shape.y());
    int[] indices = new int[y.size()];
    pool.forward(run.input("x"), y, indices, run.workspace(pool.workspace()), Parallel.SEQUENTIAL);
    run.agrees("y", y);
    Tensor dx = run.blank(shape.x());
    pool.backward(run.input("dy"), indices, dx, Parallel.SEQUENTIAL);
    run.agrees("dx", dx);
  }

  private static void average(TorchRun run) {
    PoolShape shape = PoolShape.parse(run.text("shape"));
    AvgPool pool = run.backend().avgPool(shape, run.flag("countsPadding"));
    Tensor y = run.blank(shape.y());
    pool.forward(run.input("x"), y, run.workspace(pool.workspace()), Parallel.SEQUENTIAL);
    run.agrees("y", y);
    Tensor dx = run.blank(shape.x());
    pool.backward(run.input("dy"), dx, run.workspace(pool.workspace()), Parallel.SEQUENTIAL);
    run.agrees("dx", dx);
  }
}
