package io.lanewise.propertytests.torch;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AdaptiveAvgPool;
import io.lanewise.kernels.pool.AdaptiveMaxPool;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.LpPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.pool.MaxUnpool;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Poolings of any rank, in both layouts. */
class PoolingTorchTest extends TorchAgreement {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  PoolingTorchTest() {
    super(
        "pooling",
        Map.of(
            "max", inBoth(PoolingTorchTest::max),
            "average", inBoth(PoolingTorchTest::average),
            "lp", inBoth(PoolingTorchTest::lp),
            "adaptive-max", inBoth(PoolingTorchTest::adaptiveMax),
            "adaptive-average", inBoth(PoolingTorchTest::adaptiveAverage),
            "unpool", inBoth(PoolingTorchTest::unpool)));
  }

  private static Consumer<TorchRun> inBoth(BiConsumer<TorchRun, Layout> op) {
    return run -> {
      for (Layout layout : Layout.values()) {
        op.accept(run, layout);
      }
    };
  }

  private static Tensor blank(TorchRun run, Shape shape, Layout layout) {
    return run.blank(shape).copy(layout);
  }

  private static void agrees(TorchRun run, String key, Tensor got) {
    run.agrees(key, got.copy(Layout.CHANNELS_FIRST));
  }

  private static void agrees(TorchRun run, int[] indices, Tensor y) {
    Tensor found = Tensor.zeros(y.shape(), y.layout());
    for (int i = 0; i < indices.length; i++) {
      found.array()[i] = indices[i];
    }
    agrees(run, "indices", found);
  }

  private static void max(TorchRun run, Layout layout) {
    PoolShape shape = PoolShape.parse(run.text("shape"));
    MaxPool pool = run.backend().pooling().max(shape, layout);
    Tensor y = blank(run, shape.y(), layout);
    int[] indices = new int[y.size()];
    Workspace ws = run.workspace(pool.workspace());
    pool.forward(run.input("x").copy(layout), y, indices, ws, ONE);
    agrees(run, "y", y);
    agrees(run, indices, y);
    Tensor dx = blank(run, shape.x(), layout);
    pool.backward(run.input("dy").copy(layout), indices, dx, ONE);
    agrees(run, "dx", dx);
  }

  private static void average(TorchRun run, Layout layout) {
    PoolShape shape = PoolShape.parse(run.text("shape"));
    AvgPool pool = run.backend().pooling().average(shape, run.flag("countsPadding"), layout);
    Tensor y = blank(run, shape.y(), layout);
    pool.forward(run.input("x").copy(layout), y, run.workspace(pool.workspace()), ONE);
    agrees(run, "y", y);
    Tensor dx = blank(run, shape.x(), layout);
    pool.backward(run.input("dy").copy(layout), dx, run.workspace(pool.workspace()), ONE);
    agrees(run, "dx", dx);
  }

  private static void lp(TorchRun run, Layout layout) {
    PoolShape shape = PoolShape.parse(run.text("shape"));
    LpPool pool = run.backend().pooling().lp(shape, run.number("p"), layout);
    Tensor x = run.input("x").copy(layout);
    Tensor y = blank(run, shape.y(), layout);
    pool.forward(x, y, run.workspace(pool.workspace()), ONE);
    agrees(run, "y", y);
    Tensor dx = blank(run, shape.x(), layout);
    pool.backward(x, y, run.input("dy").copy(layout), dx, ONE);
    agrees(run, "dx", dx);
  }

  private static int[] numbers(String text) {
    return Stream.of(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static void adaptiveMax(TorchRun run, Layout layout) {
    Tensor x = run.input("x").copy(layout);
    AdaptivePoolShape shape = AdaptivePoolShape.of(x.shape(), numbers(run.text("out")));
    AdaptiveMaxPool pool = run.backend().pooling().adaptiveMax(shape, layout);
    Tensor y = blank(run, shape.y(), layout);
    int[] indices = new int[y.size()];
    pool.forward(x, y, indices, run.workspace(pool.workspace()), ONE);
    agrees(run, "y", y);
    agrees(run, indices, y);
    Tensor dx = blank(run, shape.x(), layout);
    pool.backward(run.input("dy").copy(layout), indices, dx, ONE);
    agrees(run, "dx", dx);
  }

  private static void adaptiveAverage(TorchRun run, Layout layout) {
    Tensor x = run.input("x").copy(layout);
    AdaptivePoolShape shape = AdaptivePoolShape.of(x.shape(), numbers(run.text("out")));
    AdaptiveAvgPool pool = run.backend().pooling().adaptiveAverage(shape, layout);
    Tensor y = blank(run, shape.y(), layout);
    pool.forward(x, y, run.workspace(pool.workspace()), ONE);
    agrees(run, "y", y);
    Tensor dx = blank(run, shape.x(), layout);
    pool.backward(run.input("dy").copy(layout), dx, run.workspace(pool.workspace()), ONE);
    agrees(run, "dx", dx);
  }

  private static void unpool(TorchRun run, Layout layout) {
    Tensor x = run.input("x").copy(layout);
    int[] to = x.shape().toArray();
    System.arraycopy(numbers(run.text("to")), 0, to, 2, to.length - 2);
    MaxUnpool plan = run.backend().pooling().maxUnpool(x.shape(), Shape.of(to), layout);
    Tensor order = Tensor.zeros(x.shape());
    int[] given = run.integers("indices");
    for (int i = 0; i < given.length; i++) {
      order.array()[i] = given[i];
    }
    int[] indices = new int[given.length];
    Tensor turned = order.copy(layout);
    for (int i = 0; i < given.length; i++) {
      indices[i] = (int) turned.array()[i];
    }
    Tensor y = blank(run, plan.y(), layout);
    plan.forward(x, indices, y, ONE);
    agrees(run, "y", y);
    Tensor dx = blank(run, x.shape(), layout);
    plan.backward(run.input("dy").copy(layout), indices, dx, ONE);
    agrees(run, "dx", dx);
  }
}
