package io.lanewise.kernels.movement;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/** {@link Movements} by boxes: each operation says which boxes of x go where in y. */
public final class KernelMovements implements Movements {
  private final Target target;
  private final KernelSet kernels;
  private final Layout layout;

  /** Channels first. */
  public KernelMovements(Target target) {
    this(target, Layout.CHANNELS_FIRST);
  }

  private KernelMovements(Target target, Layout layout) {
    this.target = target;
    this.kernels = target.kernels();
    this.layout = layout;
  }

  @Override
  public Movements in(Layout other) {
    return new KernelMovements(target, other);
  }

  private KernelMovement.Builder from(Shape x, Shape y) {
    return new KernelMovement.Builder(x, layout, y, layout);
  }

  @Override
  public Concat concat(int axis, Shape... xs) {
    Shape y = Concat.joined(axis, xs);
    return new KernelParts(y, Axes.of(y, axis), xs, layout, kernels);
  }

  @Override
  public Split split(Shape x, int axis, int... sizes) {
    Shape[] ys = Split.parts(x, axis, sizes);
    return new KernelParts(x, Axes.of(x, axis), ys, layout, kernels);
  }

  @Override
  public Movement slice(Shape x, int[] axes, int[] starts, int[] ends, int[] steps) {
    return slice(Slicing.of(x, axes, starts, ends, steps));
  }

  private Movement slice(Slicing s) {
    KernelMovement.Builder b = from(s.x(), s.y());
    int rank = s.x().rank();
    int[] start = new int[rank];
    int[] least = new int[rank];
    int[] steps = b.xSteps();
    int[] stepped = new int[rank];
    boolean gaps = false;
    for (int i = 0; i < rank; i++) {
      start[i] = s.start(i);
      least[i] = Math.min(start[i], start[i] + (s.y().dim(i) - 1) * s.step(i));
      least[i] = Math.max(0, least[i]);
      stepped[i] = steps[i] * s.step(i);
      gaps |= Math.abs(s.step(i)) != 1;
    }
    if (!gaps) {
      b.leave(Box.around(s.x().toArray(), least, s.y().toArray(), steps));
    }
    int[] dims = s.y().toArray();
    return b.add(dims, Strides.dot(start, steps), stepped, 0, b.ySteps()).plan(kernels);
  }

  @Override
  public Movement pad(Shape x, int[] before, int[] after, float value) {
    Padded p = new Padded(x, before, after);
    KernelMovement.Builder b = from(x, p.y());
    int rank = x.rank();
    int[] from = new int[rank];
    int[] to = new int[rank];
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      from[i] = Math.max(0, -before[i]);
      to[i] = Math.clamp(before[i], 0, p.y().dim(i));
      dims[i] = Math.max(0, Math.min(x.dim(i) - from[i], p.y().dim(i) - to[i]));
      from[i] = Math.min(from[i], x.dim(i) - dims[i]);
    }
    b.fill(Box.around(p.y().toArray(), to, dims, b.ySteps()), value);
    b.leave(Box.around(x.toArray(), from, dims, b.xSteps()));
    int src = Strides.dot(from, b.xSteps());
    b.add(dims, src, b.xSteps(), Strides.dot(to, b.ySteps()), b.ySteps());
    return b.free(p.free()).plan(kernels);
  }

  @Override
  public Movement pad(Shape x, int[] before, int[] after, PadMode mode) {
    Padded p = new Padded(x, before, after);
    p.requireElements();
    KernelMovement.Builder b = from(x, p.y());
    p.addRuns(mode, b);
    return b.free(p.free()).sums().plan(kernels);
  }

  @Override
  public Movement permute(Shape x, int... order) {
    KernelMovement.Builder b = from(x, Axes.permuted(x, order));
    int[] axes = Axes.of(x, order);
    int[] steps = new int[axes.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = b.xSteps()[axes[i]];
    }
    return b.add(Axes.permuted(x, order).toArray(), 0, steps, 0, b.ySteps()).plan(kernels);
  }

  @Override
  public Movement reshape(Shape x, Layout from, Shape y, Layout to) {
    Reshaping.check(x, from, y, to);
    KernelMovement.Builder b = new KernelMovement.Builder(x, from, y, to);
    if (from == to) {
      int[] all = {x.size()};
      int[] one = {1};
      return b.add(all, 0, one, 0, one).plan(kernels);
    }
    // The shape that is channels last names the axes; in the other tensor they lie in its order.
    Shape named = from == Layout.CHANNELS_LAST ? x : y;
    int[] src = Strides.of(named, from);
    return b.add(named.toArray(), 0, src, 0, Strides.of(named, to)).plan(kernels);
  }

  @Override
  public Movement flatten(Shape x, int axis) {
    return reshape(x, layout, Reshaping.flat(x, axis), Layout.CHANNELS_FIRST);
  }

  @Override
  public Movement expand(Shape x, Shape y) {
    Axes.requireExpands(x, y);
    KernelMovement.Builder b = from(x, y);
    int more = y.rank() - x.rank();
    if (layout == Layout.CHANNELS_LAST && more != 0) {
      throw new IllegalArgumentException(
          "channels last, x needs as many axes as y, got " + x + " to expand to " + y);
    }
    int[] steps = new int[y.rank()];
    boolean repeats = false;
    for (int i = 0; i < y.rank(); i++) {
      boolean same = i >= more && x.dim(i - more) == y.dim(i);
      steps[i] = same ? b.xSteps()[i - more] : 0;
      repeats |= !same;
    }
    b.add(y.toArray(), 0, steps, 0, b.ySteps());
    return (repeats ? b.sums() : b).plan(kernels);
  }

  @Override
  public Movement tile(Shape x, int... repeats) {
    Shape y = Reshaping.tiled(x, repeats);
    KernelMovement.Builder b = from(x, y);
    int rank = x.rank();
    int[] dims = new int[2 * rank];
    int[] src = new int[2 * rank];
    int[] dst = new int[2 * rank];
    boolean more = false;
    for (int i = 0; i < rank; i++) {
      dims[2 * i] = repeats[i];
      dst[2 * i] = x.dim(i) * b.ySteps()[i];
      dims[2 * i + 1] = x.dim(i);
      src[2 * i + 1] = b.xSteps()[i];
      dst[2 * i + 1] = b.ySteps()[i];
      more |= repeats[i] > 1;
    }
    b.add(dims, 0, src, 0, dst);
    return (more ? b.sums() : b).plan(kernels);
  }

  @Override
  public Movement flip(Shape x, int... axes) {
    KernelMovement.Builder b = from(x, x);
    int[] steps = b.xSteps();
    int src = 0;
    for (int axis : Axes.of(x, axes)) {
      src += Math.max(0, x.dim(axis) - 1) * steps[axis];
      steps[axis] = -steps[axis];
    }
    return b.add(x.toArray(), src, steps, 0, b.ySteps()).plan(kernels);
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
    KernelMovement.Builder b = from(x, y);
    int spatial = x.rank() - 2;
    // Axes: n, c, then a pixel and a place in its block for each spatial axis.
    int[] dims = new int[2 + 2 * spatial];
    int[] src = new int[dims.length];
    int[] dst = new int[dims.length];
    int[] xs = b.xSteps();
    int[] ys = b.ySteps();
    int c = y.dim(1);
    int taps = c == 0 ? 0 : x.dim(1) / c;
    dims[0] = x.dim(0);
    src[0] = xs[0];
    dst[0] = ys[0];
    dims[1] = c;
    src[1] = order == BlockOrder.CRD ? taps * xs[1] : xs[1];
    dst[1] = ys[1];
    int step = order == BlockOrder.CRD ? xs[1] : c * xs[1];
    for (int i = spatial - 1; i >= 0; i--) {
      dims[2 + 2 * i] = x.dim(2 + i);
      src[2 + 2 * i] = xs[2 + i];
      dst[2 + 2 * i] = block * ys[2 + i];
      dims[3 + 2 * i] = block;
      src[3 + 2 * i] = step;
      dst[3 + 2 * i] = ys[2 + i];
      step *= block;
    }
    return b.add(dims, 0, src, 0, dst).plan(kernels);
  }

  @Override
  public Movement spaceToDepth(Shape x, int block, BlockOrder order) {
    return new Reversed(depthToSpace(Reshaping.gathered(x, block), block, order));
  }

  @Override
  public Movement channelShuffle(Shape x, int groups) {
    Reshaping.requireGroups(x, groups);
    KernelMovement.Builder b = from(x, x);
    int rank = x.rank();
    int[] dims = new int[rank + 1];
    int[] src = new int[rank + 1];
    int[] dst = new int[rank + 1];
    for (int i = 0; i <= rank; i++) {
      int axis = i > 1 ? i - 1 : i;
      dims[i] = x.dim(axis);
      src[i] = b.xSteps()[axis];
      dst[i] = src[i];
    }
    int group = x.dim(1) / groups;
    dims[1] = group;
    dst[1] *= groups;
    dims[2] = groups;
    src[2] = group * b.xSteps()[1];
    dst[2] = b.ySteps()[1];
    return b.add(dims, 0, src, 0, dst).plan(kernels);
  }

  @Override
  public Movement im2col(UnfoldShape shape) {
    KernelMovement.Builder b = from(shape.image(), shape.columns());
    new Unfolding(shape, b.xSteps(), b.ySteps()).addTaps(b);
    return b.free(2).sums().plan(kernels);
  }

  @Override
  public Movement col2im(UnfoldShape shape) {
    return new Reversed(im2col(shape));
  }

  @Override
  public Movement trilu(Shape x, boolean upper, int diagonal) {
    Reshaping.requireMatrices(x);
    KernelMovement.Builder b = from(x, x);
    int row = x.rank() - 2;
    int columns = x.dim(row + 1);
    int[] steps = b.xSteps();
    for (int i = 0; i < x.dim(row); i++) {
      long edge = (long) i + diagonal + (upper ? 0 : 1);
      int at = (int) Math.clamp(edge, 0L, (long) columns);
      Box left = part(x, i, 0, at, steps);
      Box right = part(x, i, at, columns, steps);
      Box kept = upper ? right : left;
      Box cleared = upper ? left : right;
      b.add(kept.dims, kept.dst, steps, kept.dst, steps);
      b.fill(Arrays.asList(cleared), 0f).leave(Arrays.asList(cleared));
    }
    return b.free(row).plan(kernels);
  }

  @Override
  public Gather gather(Shape x, int axis, Shape indices) {
    Shape y = Gather.along(x, axis, indices);
    Axes.requireLayout(x, layout);
    int at = Axes.of(x, axis);
    if (layout == Layout.CHANNELS_FIRST) {
      Places places = SlabPlaces.along(x, at, indices.size(), kernels);
      return new KernelGather(x, indices, y, layout, places, kernels);
    }
    Axes.requireVector(indices);
    Shape stored = Axes.stored(x);
    int storedAxis = at == 0 ? 0 : at == 1 ? x.rank() - 1 : at - 1;
    Places places = SlabPlaces.along(stored, storedAxis, indices.size(), kernels);
    return new KernelGather(x, indices, y, layout, places, kernels);
  }

  @Override
  public Gather gatherElements(Shape x, int axis, Shape indices) {
    Axes.requireFirst(layout, "a gather of elements");
    int at = Gather.elementsAxis(x, axis, indices);
    Places places = new ElementPlaces(x, at, indices);
    return new KernelGather(x, indices, indices, layout, places, kernels);
  }

  @Override
  public Gather gatherNd(Shape x, Shape indices, int batchAxes) {
    Axes.requireFirst(layout, "a gather by tuples");
    Shape y = Gather.nd(x, indices, batchAxes);
    Places places = SlabPlaces.nd(x, indices, batchAxes, kernels);
    return new KernelGather(x, indices, y, layout, places, kernels);
  }

  @Override
  public Scatter scatterElements(Shape x, int axis, Shape indices, ScatterMode mode) {
    Axes.requireFirst(layout, "a scatter");
    int at = Gather.elementsAxis(x, axis, indices);
    Places places = new ElementPlaces(x, at, indices);
    return new KernelScatter(x, indices, indices, mode, places, kernels);
  }

  @Override
  public Scatter scatterNd(Shape x, Shape indices, ScatterMode mode) {
    Axes.requireFirst(layout, "a scatter");
    Shape updates = Gather.nd(x, indices, 0);
    Places places = SlabPlaces.nd(x, indices, 0, kernels);
    return new KernelScatter(x, indices, updates, mode, places, kernels);
  }

  @Override
  public OneHot oneHot(Shape indices, int depth, int axis) {
    Axes.requireFirst(layout, "one-hot");
    return new KernelOneHot(indices, depth, axis);
  }

  /** Columns {@code from} to {@code to} of a row of every matrix. */
  private static Box part(Shape x, int row, int from, int to, int[] steps) {
    int[] dims = x.toArray();
    int[] first = new int[dims.length];
    dims[dims.length - 2] = 1;
    first[dims.length - 2] = row;
    dims[dims.length - 1] = to - from;
    first[dims.length - 1] = from;
    return Box.written(dims, first, steps);
  }
}
