package io.lanewise.kernels;

import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.Concat;
import io.lanewise.kernels.movement.Gather;
import io.lanewise.kernels.movement.Indices;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.movement.OneHot;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.movement.Scatter;
import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.movement.UnfoldShape;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Every way in which elements are moved: each kind of tile, of phase and of place. */
final class MovementRuns {
  private static final Shape IMAGE = Shape.of(2, 4, 6, 38);

  private MovementRuns() {}

  /** Takes a run. */
  @FunctionalInterface
  interface Taker {
    void add(String name, Object plan, Runnable once);
  }

  static void add(Backend backend, Parallel par, Taker runs) {
    Movements m = backend.movements();
    int[] two = {0, 0, 2, 1};
    List<Movement> plans =
        List.of(
            m.pad(IMAGE, two, two, 1f),
            m.pad(IMAGE, two, two, PadMode.EDGE),
            m.slice(IMAGE, new int[] {3}, new int[] {0}, new int[] {38}, new int[] {2}),
            m.flip(IMAGE, 3),
            m.reorder(IMAGE, Layout.CHANNELS_FIRST, Layout.CHANNELS_LAST),
            m.expand(Shape.of(1, 4, 1, 1), IMAGE),
            m.tile(IMAGE, 1, 2, 1, 2),
            m.depthToSpace(IMAGE, 2, BlockOrder.DCR),
            m.im2col(UnfoldShape.of(IMAGE, 3).padding(1)));
    for (int i = 0; i < plans.size(); i++) {
      Movement plan = plans.get(i);
      Tensor x = TestData.uniform(plan.x(), 1).copy(plan.xLayout());
      Tensor y = TestData.uniform(plan.y(), 1).copy(plan.yLayout());
      runs.add("movement " + i + " forward", plan, () -> plan.forward(x, y, par));
      runs.add("movement " + i + " backward", plan, () -> plan.backward(y, x, par));
    }
    parts(m, par, runs);
    indexed(m, par, runs);
  }

  private static void parts(Movements m, Parallel par, Taker runs) {
    Concat concat = m.concat(1, IMAGE, IMAGE);
    List<Tensor> xs = List.of(TestData.uniform(IMAGE, 1), TestData.uniform(IMAGE, 2));
    Tensor y = TestData.uniform(concat.y(), 3);
    runs.add("concatenation forward", concat, () -> concat.forward(xs, y, par));
    runs.add("concatenation backward", concat, () -> concat.backward(y, xs, par));
  }

  private static void indexed(Movements m, Parallel par, Taker runs) {
    Indices which = Indices.of(2, 0, -1, 2, 1, 0);
    Shape x = Shape.of(3, 50);
    Gather gather = m.gather(x, 0, Shape.of(6));
    Tensor in = TestData.uniform(x, 1);
    Tensor picked = TestData.uniform(gather.y(), 1);
    runs.add("gather forward", gather, () -> gather.forward(in, which, picked, par));
    runs.add("gather backward", gather, () -> gather.backward(picked, which, in, par));
    Shape few = Shape.of(3, 2);
    Scatter scatter = m.scatterElements(x, 0, few, ScatterMode.NONE);
    Tensor updates = TestData.uniform(few, 1);
    Tensor out = TestData.uniform(x, 2);
    runs.add("scatter forward", scatter, () -> scatter.forward(in, which, updates, out, par));
    runs.add("scatter backward", scatter, () -> scatter.backward(in, which, out, updates, par));
    Scatter slabs = m.scatterNd(x, Shape.of(6, 1), ScatterMode.MAX);
    runs.add("scatter by tuples", slabs, () -> slabs.forward(in, which, picked, out, par));
    OneHot oneHot = m.oneHot(Shape.of(6), 9, 0);
    Tensor hot = Tensor.zeros(oneHot.y());
    runs.add("one-hot", oneHot, () -> oneHot.forward(which, 0, 1, hot, par));
  }
}
