package io.lanewise.benchmarks.check;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.plan.Planned;
import io.lanewise.benchmarks.plan.Plans;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the reference backend computes of a plan, in pieces of a few thousand elements. It computes
 * all of them: these operations do little for an element.
 */
final class PlannedExpectation {
  private static final int PIECE = 4096;
  private static final int MOST = 16;
  private static final long COST = 16; // of an element's comparison, roughly

  private PlannedExpectation() {}

  static Expectation of(Task task) {
    Planned planned = Plans.of(new ReferenceBackend(), task, Layout.CHANNELS_FIRST, 1);
    planned.run().accept(Parallel.SEQUENTIAL);
    float[] want = planned.output().get();
    List<Part> parts = new ArrayList<>();
    for (int piece : Spread.over(Math.ceilDiv(want.length, PIECE), COST * want.length, MOST)) {
      int from = piece * PIECE;
      int length = Math.min(PIECE, want.length - from);
      parts.add(part(task, Arrays.copyOfRange(want, from, from + length), from));
    }
    return new Expectation(task.toString(), want.length, parts);
  }

  private static Part part(Task task, float[] want, int from) {
    String where = "from " + from + " on";
    if (task.op() == Op.CONV_INT8) { // a code more or less
      double[] bounds = new double[want.length];
      Arrays.fill(bounds, 1);
      return new Part(where, from, 1, want, bounds);
    }
    Tensor scales = Tensor.zeros(want.length).fill((float) Plans.scale(task));
    return Part.scaled(where, from, Tensor.of(Shape.of(want.length), want), scales);
  }
}
