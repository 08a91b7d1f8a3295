package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
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

  private PoolBits() {}

  static Stream<BitCase> cases() {
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
    plan.backward(data.floats(s.y()), dx, par);
    out.add("backward", dx);
  }
}
