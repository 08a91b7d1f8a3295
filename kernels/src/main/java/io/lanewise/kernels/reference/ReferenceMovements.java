package io.lanewise.kernels.reference;

import static io.lanewise.kernels.reference.ReferenceMovement.index;
import static io.lanewise.kernels.reference.ReferenceMovement.number;

import io.lanewise.kernels.movement.Axes;
import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.Concat;
import io.lanewise.kernels.movement.Gather;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.movement.OneHot;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.movement.Padded;
import io.lanewise.kernels.movement.Reshaping;
import io.lanewise.kernels.movement.Reversed;
import io.lanewise.kernels.movement.Scatter;
import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.movement.Slicing;
import io.lanewise.kernels.movement.Split;
import io.lanewise.kernels.movement.UnfoldShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** What each movement means: the index in x of every element of y. */
final class ReferenceMovements implements Movements {
  private final Layout layout;

  ReferenceMovements() {
    this(Layout.CHANNELS_FIRST);
  }

  private ReferenceMovements(Layout layout) {
    this.layout = layout;
  }

  @Override
  public Movements in(Layout other) {
    return new ReferenceMovements(other);
  }

  private Movement once(Shape x, Shape y, ReferenceMovement.Source source) {
    return new ReferenceMovement(x, layout, y, layout, 0, false, source);
  }

  private Movement often(Shape x, Shape y, ReferenceMovement.Source source) {
    return new ReferenceMovement(x, layout, y, layout, 0, true, source);
  }

  @Override
  public Concat concat(int axis, Shape... xs) {
    Shape y = Concat.joined(axis, xs);
    Axes.requireLayout(y, layout);
    return new ReferenceParts.Joined(Axes.of(y, axis), List.of(xs), y, layout);
  }

  @Override
  public Split split(Shape x, int axis, int... sizes) {
    Shape[] ys = Split.parts(x, axis, sizes);
    Axes.requireLayout(x, layout);
    return new ReferenceParts.Cut(Axes.of(x, axis), x, List.of(ys), layout);
  }

  @Override
  public Movement slice(Shape x, int[] axes, int[] starts, int[] ends, int[] steps) {
    return slice(Slicing.of(x, axes, starts, ends, steps));
  }

  private Movement slice(Slicing s) {
    return once(
        s.x(),
        s.y(),
        at -> {
          for (int i = 0; i < at.length; i++) {
            at[i] = s.start(i) + at[i] * s.step(i);
          }
          return at;
        });
  }

  @Override
  public Movement pad(Shape x, int[] before, int[] after, float value) {
    Shape y = new Padded(x, before, after).y();
    ReferenceMovement.Source source =
        at -> {
          boolean inside = true;
          for (int i = 0; i < at.length; i++) {
            at[i] -= before[i];
            inside &= at[i] >= 0 && at[i] < x.dim(i);
          }
          return inside ? at : null;
        };
    return new ReferenceMovement(x, layout, y, layout, value, false, source);
  }

  @Override
  public Movement pad(Shape x, int[] before, int[] after, PadMode mode) {
    Padded padded = new Padded(x, before, after);
    padded.requireElements();
    return often(
        x,
        padded.y(),
        at -> {
          for (int i = 0; i < at.length; i++) {
            at[i] = mode.source(at[i] - before[i], x.dim(i));
          }
          return at;
        });
  }

  @Override
  public Movement permute(Shape x, int... order) {
    Shape y = Axes.permuted(x, order);
    int[] axes = Axes.of(x, order);
    return once(
        x,
        y,
        at -> {
          int[] from = new int[at.length];
          for (int i = 0; i < at.length; i++) {
            from[axes[i]] = at[i];
          }
          return from;
        });
  }

  @Override
  public Movement reshape(Shape x, Layout from, Shape y, Layout to) {
    Reshaping.check(x, from, y, to);
    return new ReferenceMovement(x, from, y, to, 0, false, at -> index(x, number(y, at)));
  }

  @Override
  public Movement flatten(Shape x, int axis) {
    return reshape(x, layout, Reshaping.flat(x, axis), Layout.CHANNELS_FIRST);
  }

  @Override
  public Movement expand(Shape x, Shape y) {
    Axes.requireExpands(x, y);
    int more = y.rank() - x.rank();
    if (layout == Layout.CHANNELS_LAST && more != 0) {
      throw new IllegalArgumentException(
          "channels last, x needs as many axes as y, got " + x + " to expand to " + y);
    }
    return repeated(x, y, more);
  }

  @Override
  public Movement tile(Shape x, int... repeats) {
    return repeated(x, Reshaping.tiled(x, repeats), 0);
  }

  /** Each element of x where its index, modulo x's sizes, is. */
  private Movement repeated(Shape x, Shape y, int more) {
    ReferenceMovement.Source source =
        at -> {
          int[] from = new int[x.rank()];
          for (int i = 0; i < from.length; i++) {
            from[i] = at[i + more] % x.dim(i);
          }
          return from;
        };
    return y.size() == x.size() ? once(x, y, source) : often(x, y, source);
  }

  @Override
  public Movement flip(Shape x, int... axes) {
    int[] turned = Axes.of(x, axes);
    return once(
        x,
        x,
        at -> {
          for (int axis : turned) {
            at[axis] = x.dim(axis) - 1 - at[axis];
          }
          return at;
        });
  }

  @Override
  public Movement crop(Shape x, int[] starts, int[] sizes) {
    return slice(Reshaping.window(x, starts, sizes));
  }

  @Override
  public Movement centerCrop(Shape x, int... sizes) {
    return slice(Reshaping.center(x, sizes));
  }

  @Override
  public Movement depthToSpace(Shape x, int block, BlockOrder order) {
    Shape y = Reshaping.spread(x, block);
    return once(
        x,
        y,
        at -> {
          int tap = 0;
          int taps = 1;
          for (int i = 2; i < at.length; i++) {
            tap = tap * block + at[i] % block;
            taps *= block;
            at[i] /= block;
          }
          at[1] = order == BlockOrder.DCR ? tap * y.dim(1) + at[1] : at[1] * taps + tap;
          return at;
        });
  }

  @Override
  public Movement spaceToDepth(Shape x, int block, BlockOrder order) {
    return new Reversed(depthToSpace(Reshaping.gathered(x, block), block, order));
  }

  @Override
  public Movement channelShuffle(Shape x, int groups) {
    Reshaping.requireGroups(x, groups);
    return once(
        x,
        x,
        at -> {
          at[1] = at[1] % groups * (x.dim(1) / groups) + at[1] / groups;
          return at;
        });
  }

  @Override
  public Movement im2col(UnfoldShape shape) {
    return often(shape.image(), shape.columns(), at -> tap(shape, at));
  }

  private static int[] tap(UnfoldShape shape, int[] column) {
    int spatial = shape.spatial();
    int[] at = new int[spatial + 2];
    at[0] = column[0];
    int row = column[1];
    int window = column[2];
    for (int i = spatial - 1; i >= 0; i--) {
      at[i + 2] = shape.position(i, window % shape.out(i), row % shape.kernel(i));
      row /= shape.kernel(i);
      window /= shape.out(i);
      if (at[i + 2] < 0 || at[i + 2] >= shape.image().dim(i + 2)) {
        return null;
      }
    }
    at[1] = row;
    return at;
  }

  @Override
  public Movement col2im(UnfoldShape shape) {
    return new Reversed(im2col(shape));
  }

  @Override
  public Movement trilu(Shape x, boolean upper, int diagonal) {
    Reshaping.requireMatrices(x);
    return once(
        x,
        x,
        at -> {
          long distance = (long) at[at.length - 1] - at[at.length - 2] - diagonal;
          return distance == 0 || distance > 0 == upper ? at : null;
        });
  }

  @Override
  public Gather gather(Shape x, int axis, Shape indices) {
    int at = Axes.of(x, axis);
    int more = indices.rank() - 1;
    Axes.requireLayout(x, layout);
    if (layout == Layout.CHANNELS_LAST) {
      Axes.requireVector(indices);
    }
    return new ReferenceGather(
        x,
        indices,
        Gather.along(x, axis, indices),
        layout,
        i -> x.dim(at),
        (to, which) -> {
          int[] from = new int[x.rank()];
          for (int i = 0; i < from.length; i++) {
            from[i] = i < at ? to[i] : i > at ? to[i + more] : 0;
          }
          int[] place = Arrays.copyOfRange(to, at, at + indices.rank());
          from[at] = which[number(indices, place)];
          return from;
        });
  }

  @Override
  public Gather gatherElements(Shape x, int axis, Shape indices) {
    Axes.requireFirst(layout, "a gather of elements");
    int at = Gather.elementsAxis(x, axis, indices);
    return new ReferenceGather(x, indices, indices, layout, i -> x.dim(at), element(indices, at));
  }

  private static ReferenceGather.Source element(Shape indices, int axis) {
    return (to, which) -> {
      int number = number(indices, to);
      to[axis] = which[number];
      return to;
    };
  }

  @Override
  public Gather gatherNd(Shape x, Shape indices, int batchAxes) {
    Axes.requireFirst(layout, "a gather by tuples");
    Shape y = Gather.nd(x, indices, batchAxes);
    int length = indices.dim(-1);
    ReferenceGather.Axis sizes = i -> x.dim(batchAxes + i % length);
    return new ReferenceGather(x, indices, y, layout, sizes, tuple(x, indices, batchAxes));
  }

  private static ReferenceGather.Source tuple(Shape x, Shape indices, int batchAxes) {
    int length = indices.dim(-1);
    return (to, which) -> {
      int[] first = Arrays.copyOf(to, indices.rank());
      first[indices.rank() - 1] = 0;
      int number = number(indices, first);
      int[] from = Arrays.copyOf(to, x.rank());
      for (int i = batchAxes; i < from.length; i++) {
        int j = i - batchAxes;
        from[i] = j < length ? which[number + j] : to[indices.rank() - 1 + j - length];
      }
      return from;
    };
  }

  @Override
  public Scatter scatterElements(Shape x, int axis, Shape indices, ScatterMode mode) {
    Axes.requireFirst(layout, "a scatter");
    int at = Gather.elementsAxis(x, axis, indices);
    return new ReferenceScatter(x, indices, indices, mode, i -> x.dim(at), element(indices, at));
  }

  @Override
  public Scatter scatterNd(Shape x, Shape indices, ScatterMode mode) {
    Axes.requireFirst(layout, "a scatter");
    Shape updates = Gather.nd(x, indices, 0);
    int length = indices.dim(-1);
    return new ReferenceScatter(
        x, indices, updates, mode, i -> x.dim(i % length), tuple(x, indices, 0));
  }

  @Override
  public OneHot oneHot(Shape indices, int depth, int axis) {
    Axes.requireFirst(layout, "one-hot");
    Shape y = OneHot.with(indices, depth, axis);
    return new ReferenceOneHot(indices, y, Axes.of(y, axis));
  }
}
