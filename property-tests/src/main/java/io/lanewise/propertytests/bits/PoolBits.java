package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AdaptiveAvgPool;
import io.lanewise.kernels.pool.AdaptiveMaxPool;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.LpPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.pool.Pooling;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** Max and average pools, forward and backward. */
final class PoolBits {
  private static final List<PoolShape> SHAPES =
      List.of(
          PoolShape.square(2, 6, 28, 28, 2, 2, 0),
          PoolShape.square(1, 33, 15, 15, 3, 2, 1),
          new PoolShape(3, 4, 9, 17, 3, 2, 1, 3, 2, 1, new Padding(2, 0, 1, 1)));

  private static final List<PoolShape> FAMILY =
      List.of(
          PoolShape.parse("n2 c37 ih9 iw11 kh3 s2 p1"),
          PoolShape.parse("n1 c67 iw40 kw5 s3 d2 pl1 pr0 ceil"),
          PoolShape.parse("n2 c5 id4 ih6 iw7 kd2 kh3 kw2 s2 p1 ceil"));

  private PoolBits() {}

  static Stream<BitCase> cases() {
    return Stream.concat(firsts(), FAMILY.stream().flatMap(PoolBits::family));
  }

  /** In both layouts; a backend without the family has nothing to differ. */
  private static Stream<BitCase> family(PoolShape s) {
    return Stream.of(Layout.values())
        .map(
            order ->
                new BitCase(
                    "pool",
                    "family " + order + " " + s,
                    (b, p, out) -> family(s, order, b, p, out)));
  }

  private static void family(
      PoolShape s, Layout order, Backend backend, Parallel par, BitCase.Output out) {
    Pooling pooling;
    try {
      pooling = backend.pooling();
    } catch (UnsupportedOperationException e) {
      return;
    }
    BitData data = BitData.of("family " + s);
    Tensor x = data.floats(s.x()).copy(order);
    Tensor dy = data.floats(s.y()).copy(order);
    Tensor y = Tensor.zeros(s.y(), order);
    Tensor dx = Tensor.zeros(s.x(), order);
    for (double p : new double[] {1, 2, 3}) {
      LpPool norm = pooling.lp(s, p, order);
      norm.forward(x, y, Workspace.allocate(norm.workspace(), par.workers()), par);
      norm.backward(x, y, dy, dx, par);
      out.add("norm " + p, y, dx);
    }
    AvgPool mean = pooling.average(s, true, order);
    Workspace ws = Workspace.allocate(mean.workspace(), par.workers());
    mean.forward(x, y, ws, par);
    mean.backward(dy, dx, ws, par);
    out.add("average", y, dx);
    MaxPool max = pooling.max(s, order);
    int[] indices = new int[y.size()];
    max.forward(x, y, indices, Workspace.allocate(max.workspace(), par.workers()), par);
    max.backward(dy, indices, dx, par);
    out.add("max", y, dx);
    pooling.maxUnpool(s.y(), s.x(), order).forward(dy, indices, dx, par);
    out.add("unpool", dx);
    adaptive(pooling, x, par, out);
  }

  private static void adaptive(Pooling pooling, Tensor x, Parallel par, BitCase.Output out) {
    AdaptivePoolShape s = AdaptivePoolShape.of(x.shape(), 3);
    AdaptiveAvgPool mean = pooling.adaptiveAverage(s, x.layout());
    AdaptiveMaxPool max = pooling.adaptiveMax(s, x.layout());
    Tensor means = Tensor.zeros(s.y(), x.layout());
    Tensor greatest = Tensor.zeros(s.y(), x.layout());
    Workspace ws = Workspace.allocate(mean.workspace(), par.workers());
    mean.forward(x, means, ws, par);
    max.forward(x, greatest, null, Workspace.allocate(max.workspace(), par.workers()), par);
    Tensor dx = Tensor.zeros(s.x(), x.layout());
    mean.backward(greatest, dx, ws, par);
    out.add("adaptive", means, greatest, dx);
  }

  private static Stream<BitCase> firsts() {
    return SHAPES.stream()
        .flatMap(
            s ->
                Stream.of(
                    new BitCase("pool", "max " + s, (b, p, out) -> max(s, b, p, out)),
                    new BitCase("pool", "average " + s, (b, p, out) -> mean(s, false, b, p, out)),
                    new BitCase(
                        "pool",
                        "average counting padding " + s,
                        (b, p, out) -> mean(s, true, b, p, out))));
  }

  private static void max(PoolShape s, Backend backend, Parallel par, BitCase.Output out) {
    MaxPool plan = backend.maxPool(s);
    BitData data = BitData.of("max " + s);
    Tensor y = Tensor.zeros(s.y());
    int[] indices = new int[y.size()];
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    plan.forward(data.special(s.x()), y, indices, ws, par);
    Tensor found = Tensor.zeros(s.y());
    for (int i = 0; i < indices.length; i++) {
      found.array()[i] = indices[i];
    }
    out.add("forward", y, found);
    Tensor dx = Tensor.zeros(s.x());
    plan.backward(data.floats(s.y()), indices, dx, par);
    out.add("backward", dx);
  }

  private static void mean(
      PoolShape s, boolean countsPadding, Backend backend, Parallel par, BitCase.Output out) {
    AvgPool plan = backend.avgPool(s, countsPadding);
    BitData data = BitData.of("average " + s);
    Tensor y = Tensor.zeros(s.y());
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    plan.forward(data.floats(s.x()), y, ws, par);
    out.add("forward", y);
    Tensor dx = Tensor.zeros(s.x());
    plan.backward(data.floats(s.y()), dx, ws, par);
    out.add("backward", dx);
  }
}
