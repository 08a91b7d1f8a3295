package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.movement.Gather;
import io.lanewise.kernels.movement.Indices;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.movement.UnfoldShape;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.function.Function;
import java.util.stream.Stream;

/** Movements that add on the way back, one of each kind of copy, and a gather. */
final class MovementBits {
  private static final Shape IMAGE = Shape.of(2, 5, 13, 37);

  private MovementBits() {}

  static Stream<BitCase> cases() {
    int[] ends = {0, 0, 7, 20};
    return Stream.of(
        of("expand", m -> m.expand(Shape.of(1, 5, 1, 1), IMAGE)),
        of("expand rows", m -> m.expand(Shape.of(2, 5, 13, 1), IMAGE)),
        of("tile", m -> m.tile(IMAGE, 2, 1, 3, 2)),
        of("reflect", m -> m.pad(IMAGE, ends, ends, PadMode.REFLECT)),
        of("edge", m -> m.pad(IMAGE, ends, ends, PadMode.EDGE)),
        of("im2col", m -> m.im2col(UnfoldShape.of(IMAGE, 3).padding(1))),
        of("flip", m -> m.flip(IMAGE, 1, 3)),
        of("reorder", m -> m.reorder(IMAGE, Layout.CHANNELS_FIRST, Layout.CHANNELS_LAST)),
        new BitCase("movement", "gather " + IMAGE, MovementBits::gather));
  }

  private static BitCase of(String name, Function<Movements, Movement> plan) {
    return new BitCase(
        "movement", name, (b, p, out) -> run(name, plan.apply(b.movements()), p, out));
  }

  private static void run(String name, Movement plan, Parallel par, BitCase.Output out) {
    BitData data = BitData.of(name);
    Tensor y = Tensor.zeros(plan.y(), plan.yLayout());
    plan.forward(data.special(plan.x()).copy(plan.xLayout()), y, par);
    out.add("forward", y);
    Tensor dx = Tensor.zeros(plan.x(), plan.xLayout());
    plan.backward(data.floats(plan.y()).copy(plan.yLayout()), dx, par);
    out.add("backward", dx);
  }

  private static void gather(Backend backend, Parallel par, BitCase.Output out) {
    BitData data = BitData.of("gather");
    Gather plan = backend.movements().gather(IMAGE, 2, Shape.of(200));
    Indices which = Indices.of(data.labels(200, IMAGE.dim(2)));
    Tensor y = Tensor.zeros(plan.y());
    plan.forward(data.special(IMAGE), which, y, par);
    out.add("forward", y);
    Tensor dx = Tensor.zeros(IMAGE);
    plan.backward(data.floats(plan.y()), which, dx, par);
    out.add("backward", dx);
  }
}
