package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.movement.UnfoldShape;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Runs of what moves elements. */
final class MovementFamily {
  static final Family FAMILY =
      IndexedRuns.addTo(
          new Family("movement")
              .add("slice", 1, 5, (b, d) -> movement(b, d, slice(d)))
              .linear()
              .add("pad", 1, 5, (b, d) -> movement(b, d, pad(d, false)))
              .add("pad-mode", 1, 5, (b, d) -> movement(b, d, pad(d, true)))
              .linear()
              .add("permute", 1, 5, (b, d) -> movement(b, d, permute(d)))
              .bijective()
              .add("flip", 1, 5, (b, d) -> movement(b, d, flip(d)))
              .bijective()
              .add("expand", 0, 4, (b, d) -> movement(b, d, expand(d)))
              .linear()
              .add("tile", 1, 4, (b, d) -> movement(b, d, tile(d)))
              .linear()
              .add("triangle", 2, 5, (b, d) -> movement(b, d, triangle(d)))
              .linear()
              .add("reorder", 3, 5, (b, d) -> movement(b, d, reorder(d)))
              .bijective()
              .addImages("depth-to-space", 3, 5, (b, d) -> movement(b, d, blocks(d, true)))
              .bijective()
              .addImages("space-to-depth", 3, 5, (b, d) -> movement(b, d, blocks(d, false)))
              .bijective()
              .addImages("channel-shuffle", 3, 5, (b, d) -> movement(b, d, shuffle(d)))
              .bijective()
              .add("im2col", 3, 5, (b, d) -> movement(b, d, unfold(d, true)))
              .linear()
              .add("col2im", 3, 5, (b, d) -> movement(b, d, unfold(d, false)))
              .linear());

  private MovementFamily() {}

  /** How often an element counts is what the reference makes of ones. */
  private static List<Call> movement(
      Backend backend, Draw d, Function<Movements, Movement> planned) {
    Movement plan = planned.apply(backend.movements());
    Movement right = planned.apply(Draw.REFERENCE.movements());
    Tensor used = like(right.x(), right.xLayout());
    right.backward(Draw.ones(right.y(), right.yLayout()), used, Parallel.SEQUENTIAL);
    Tensor made = like(right.y(), right.yLayout());
    right.forward(Draw.ones(right.x(), right.xLayout()), made, Parallel.SEQUENTIAL);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], par);
    Call first =
        new Call("forward", WorkspaceSpec.NONE, forward)
            .reads("x", d.of(plan.x(), plan.xLayout()))
            .writes("y", made, Bound.sums(made, 0, 1));
    Call second =
        new Call("backward", WorkspaceSpec.NONE, backward)
            .reads("dy", d.of(plan.y(), plan.yLayout()))
            .writes("dx", used, Bound.sums(used, 0, 1));
    return plan.isView()
        ? Draw.calls(first, second)
        : Draw.calls(first.apart("y", "x"), second.apart("dx", "dy"));
  }

  /** Whatever of an axis, forwards or backwards; ends may lie beyond. */
  private static Function<Movements, Movement> slice(Draw d) {
    Shape x = d.shape();
    int[] axes = Arrays.copyOf(d.order(x.rank()), d.between(1, x.rank()));
    int[] starts = new int[axes.length];
    int[] ends = new int[axes.length];
    int[] steps = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      int size = x.dim(axes[i]);
      boolean turned = d.either();
      steps[i] = turned ? -d.between(1, 3) : d.between(1, 3);
      starts[i] = turned ? size - 1 - d.between(0, size / 3) : d.between(0, size / 3);
      ends[i] = turned ? -size - 1 - d.between(0, 2) : size + d.between(-(size / 3), 2);
    }
    return m -> m.slice(x, axes, starts, ends, steps);
  }

  /** Reflection and wrapping take less than the axis has. */
  private static Function<Movements, Movement> pad(Draw d, boolean byMode) {
    Shape x = d.shape();
    PadMode mode = d.pick(PadMode.values());
    int[] before = new int[x.rank()];
    int[] after = new int[x.rank()];
    for (int i = 0; i < before.length; i++) {
      before[i] = d.between(0, Math.min(3, x.dim(i) - 1));
      after[i] = d.between(0, Math.min(3, x.dim(i) - 1));
    }
    return byMode ? m -> m.pad(x, before, after, mode) : m -> m.pad(x, before, after, 0.5f);
  }

  private static Function<Movements, Movement> permute(Draw d) {
    int[] order = d.order(d.shape().rank());
    return m -> m.permute(d.shape(), order);
  }

  private static Function<Movements, Movement> flip(Draw d) {
    int rank = d.shape().rank();
    int[] axes = Arrays.copyOf(d.order(rank), d.between(1, rank));
    return m -> m.flip(d.shape(), axes);
  }

  /** Axes of 1 become longer, and there are more in front. */
  private static Function<Movements, Movement> expand(Draw d) {
    int[] dims = d.shape().toArray();
    int[] longer = dims.clone();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = d.either() ? 1 : dims[i];
    }
    Shape x = Shape.of(dims);
    Shape y = d.either() ? Shape.of(longer).prepend(3) : Shape.of(longer);
    return m -> m.expand(x, y);
  }

  private static Function<Movements, Movement> tile(Draw d) {
    int[] repeats = d.each(d.shape().rank(), 1, 2);
    return m -> m.tile(d.shape(), repeats);
  }

  private static Function<Movements, Movement> triangle(Draw d) {
    boolean upper = d.either();
    int diagonal = d.between(-3, 3);
    return m -> m.trilu(d.shape(), upper, diagonal);
  }

  private static Function<Movements, Movement> reorder(Draw d) {
    Layout from = d.pick(Layout.values());
    Layout to = d.pick(Layout.values());
    return m -> m.reorder(d.shape(), from, to);
  }

  private static Function<Movements, Movement> blocks(Draw d, boolean toSpace) {
    int block = d.between(1, 3);
    BlockOrder order = d.pick(BlockOrder.values());
    int[] dims = d.shape().toArray();
    for (int i = toSpace ? 1 : 2; i < (toSpace ? 2 : dims.length); i++) {
      dims[i] = Math.max(1, dims[i] / 3) * (toSpace ? power(block, dims.length - 2) : block);
    }
    Shape x = Shape.of(dims);
    return toSpace
        ? m -> m.in(d.layout()).depthToSpace(x, block, order)
        : m -> m.in(d.layout()).spaceToDepth(x, block, order);
  }

  private static int power(int base, int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }

  private static Function<Movements, Movement> shuffle(Draw d) {
    int groups = d.between(1, 4);
    int[] dims = d.shape().toArray();
    dims[1] = groups * d.between(1, 5);
    return m -> m.in(d.layout()).channelShuffle(Shape.of(dims), groups);
  }

  private static Function<Movements, Movement> unfold(Draw d, boolean toColumns) {
    Shape x = d.shape();
    int axes = x.rank() - 2;
    int[] kernel = d.each(axes, 1, 3);
    int[] stride = d.each(axes, 1, 3);
    int[] dilation = d.each(axes, 1, 2);
    int[] padding = d.each(axes, 0, 2);
    for (int i = 0; i < axes; i++) {
      while (dilation[i] * (kernel[i] - 1) + 1 > x.dim(i + 2) + 2 * padding[i]) {
        kernel[i]--;
      }
    }
    UnfoldShape s = UnfoldShape.of(x, kernel, stride, dilation, padding);
    return toColumns ? m -> m.im2col(s) : m -> m.col2im(s);
  }
}
