package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AdaptiveAvgPool;
import io.lanewise.kernels.pool.AdaptiveMaxPool;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.LpPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.pool.MaxUnpool;
import io.lanewise.kernels.pool.Pooling;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Poolings; examples run in both layouts. */
final class PoolingOperations {
  private static final String FAMILY = "pooling";
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  private PoolingOperations() {}

  static List<Operation> all() {
    return List.of(
        operation(
            "max pooling", (p, x) -> max(p, window(x), x), (p, x) -> maxBack(p, window(x), x)),
        operation(
            "average pooling",
            (p, x) -> average(p, window(x), x),
            (p, x) -> averageBack(p, window(x), x)),
        operation(
            "L2 pooling",
            (p, x) -> norm(p, window(x), 2, x),
            (p, x) -> normBack(p, window(x), 2, x)),
        operation(
            "Lp pooling",
            (p, x) -> norm(p, window(x), 2.5, x),
            (p, x) -> normBack(p, window(x), 2.5, x)),
        operation(
            "global max pooling",
            (p, x) -> max(p, global(x), x),
            (p, x) -> maxBack(p, global(x), x)),
        operation(
            "global average pooling",
            (p, x) -> average(p, global(x), x),
            (p, x) -> averageBack(p, global(x), x)),
        operation(
            "global L2 pooling",
            (p, x) -> norm(p, global(x), 2, x),
            (p, x) -> normBack(p, global(x), 2, x)),
        operation(
            "adaptive max pooling",
            PoolingOperations::adaptiveMax,
            PoolingOperations::adaptiveMaxBack),
        operation(
            "adaptive average pooling",
            PoolingOperations::adaptiveAverage,
            PoolingOperations::adaptiveAverageBack),
        operation("max unpooling", PoolingOperations::unpool, PoolingOperations::unpoolBack));
  }

  /** What a pooling makes of an x in its layout. */
  private interface Run extends BiFunction<Pooling, Tensor, List<Tensor>> {}

  private static Operation operation(String name, Run forward, Run backward) {
    return Operation.of(FAMILY, name, Operation.SPATIAL, example(forward), example(backward));
  }

  private static Example example(Run run) {
    return (backend, axes) -> {
      Tensor x = ExampleData.tensor(ExampleData.shape(axes + 2), 1);
      Pooling pooling = backend.pooling();
      List<Tensor> first = run.apply(pooling, x);
      List<Tensor> last = run.apply(pooling, x.copy(Layout.CHANNELS_LAST));
      return List.of(first.get(0), last.get(0).copy(Layout.CHANNELS_FIRST));
    };
  }

  private static PoolShape window(Tensor x) {
    return PoolShape.input(x.shape()).window(2).stride(2).padding(1).ceil().build();
  }

  private static PoolShape global(Tensor x) {
    return PoolShape.global(x.shape());
  }

  private static AdaptivePoolShape adaptive(Tensor x) {
    return AdaptivePoolShape.of(x.shape(), 2);
  }

  private static Tensor like(Tensor x, Shape shape, int seed) {
    return ExampleData.tensor(shape, seed).copy(x.layout());
  }

  private static Workspace scratch(WorkspaceSpec spec) {
    return Workspace.allocate(spec, 1);
  }

  private static List<Tensor> max(Pooling pooling, PoolShape s, Tensor x) {
    MaxPool plan = pooling.max(s, x.layout());
    Tensor y = Tensor.zeros(s.y(), x.layout());
    plan.forward(x, y, null, scratch(plan.workspace()), ONE);
    return List.of(y);
  }

  private static int[] indices(Pooling pooling, PoolShape s, Tensor x) {
    MaxPool plan = pooling.max(s, x.layout());
    int[] indices = new int[s.y().size()];
    plan.forward(x, Tensor.zeros(s.y(), x.layout()), indices, scratch(plan.workspace()), ONE);
    return indices;
  }

  private static List<Tensor> maxBack(Pooling pooling, PoolShape s, Tensor x) {
    Tensor dx = Tensor.zeros(s.x(), x.layout());
    int[] indices = indices(pooling, s, x);
    pooling.max(s, x.layout()).backward(like(x, s.y(), 2), indices, dx, ONE);
    return List.of(dx);
  }

  private static List<Tensor> average(Pooling pooling, PoolShape s, Tensor x) {
    AvgPool plan = pooling.average(s, true, x.layout());
    Tensor y = Tensor.zeros(s.y(), x.layout());
    plan.forward(x, y, scratch(plan.workspace()), ONE);
    return List.of(y);
  }

  private static List<Tensor> averageBack(Pooling pooling, PoolShape s, Tensor x) {
    Tensor dx = Tensor.zeros(s.x(), x.layout());
    AvgPool plan = pooling.average(s, false, x.layout());
    plan.backward(like(x, s.y(), 2), dx, scratch(plan.workspace()), ONE);
    return List.of(dx);
  }

  private static List<Tensor> norm(Pooling pooling, PoolShape s, double p, Tensor x) {
    LpPool plan = pooling.lp(s, p, x.layout());
    Tensor y = Tensor.zeros(s.y(), x.layout());
    plan.forward(x, y, scratch(plan.workspace()), ONE);
    return List.of(y);
  }

  private static List<Tensor> normBack(Pooling pooling, PoolShape s, double p, Tensor x) {
    Tensor y = norm(pooling, s, p, x).get(0);
    Tensor dx = Tensor.zeros(s.x(), x.layout());
    pooling.lp(s, p, x.layout()).backward(x, y, like(x, s.y(), 2), dx, ONE);
    return List.of(dx);
  }

  private static List<Tensor> adaptiveMax(Pooling pooling, Tensor x) {
    AdaptiveMaxPool plan = pooling.adaptiveMax(adaptive(x), x.layout());
    Tensor y = Tensor.zeros(plan.shape().y(), x.layout());
    plan.forward(x, y, null, scratch(plan.workspace()), ONE);
    return List.of(y);
  }

  private static List<Tensor> adaptiveMaxBack(Pooling pooling, Tensor x) {
    AdaptiveMaxPool plan = pooling.adaptiveMax(adaptive(x), x.layout());
    Shape y = plan.shape().y();
    int[] indices = new int[y.size()];
    Tensor dx = Tensor.zeros(x.shape(), x.layout());
    plan.forward(x, Tensor.zeros(y, x.layout()), indices, scratch(plan.workspace()), ONE);
    plan.backward(like(x, y, 2), indices, dx, ONE);
    return List.of(dx);
  }

  private static List<Tensor> adaptiveAverage(Pooling pooling, Tensor x) {
    AdaptiveAvgPool plan = pooling.adaptiveAverage(adaptive(x), x.layout());
    Tensor y = Tensor.zeros(plan.shape().y(), x.layout());
    plan.forward(x, y, scratch(plan.workspace()), ONE);
    return List.of(y);
  }

  private static List<Tensor> adaptiveAverageBack(Pooling pooling, Tensor x) {
    AdaptiveAvgPool plan = pooling.adaptiveAverage(adaptive(x), x.layout());
    Tensor dx = Tensor.zeros(x.shape(), x.layout());
    plan.backward(like(x, plan.shape().y(), 2), dx, scratch(plan.workspace()), ONE);
    return List.of(dx);
  }

  private static List<Tensor> unpool(Pooling pooling, Tensor x) {
    PoolShape s = window(x);
    MaxUnpool plan = pooling.maxUnpool(s.y(), s.x(), x.layout());
    Tensor y = Tensor.zeros(s.x(), x.layout());
    plan.forward(like(x, s.y(), 2), indices(pooling, s, x), y, ONE);
    return List.of(y);
  }

  private static List<Tensor> unpoolBack(Pooling pooling, Tensor x) {
    PoolShape s = window(x);
    Tensor dx = Tensor.zeros(s.y(), x.layout());
    int[] indices = new int[s.y().size()];
    Arrays.setAll(indices, i -> i % 3 - 1);
    pooling.maxUnpool(s.y(), s.x(), x.layout()).backward(x, indices, dx, ONE);
    return List.of(dx);
  }
}
