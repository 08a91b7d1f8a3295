package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AdaptiveAvgPool;
import io.lanewise.kernels.pool.AdaptiveMaxPool;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.LpPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.pool.MaxUnpool;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Runs of every pooling of sequences, images and volumes, of either layout. */
final class PoolingFamily {
  static final Family FAMILY =
      new Family("pooling")
          .addImages("max", 3, 5, PoolingFamily::max)
          .addImages("average", 3, 5, PoolingFamily::average)
          .linear()
          .addImages("lp", 3, 5, PoolingFamily::lp)
          .addImages("adaptive-max", 3, 5, PoolingFamily::adaptiveMax)
          .addImages("adaptive-average", 3, 5, PoolingFamily::adaptiveAverage)
          .linear()
          .addImages("max-unpool", 3, 5, PoolingFamily::unpool)
          .linear();

  private PoolingFamily() {}

  /** Any window that fits, so dilated and with so much padding that some windows have nothing. */
  private static PoolShape shape(Draw d) {
    Shape x = d.shape();
    int axes = x.rank() - 2;
    int[] k = d.each(axes, 1, 3);
    int[] dilation = d.each(axes, 1, 2);
    int[] before = new int[3];
    int[] after = new int[3];
    for (int i = 0; i < axes; i++) {
      before[3 - axes + i] = d.between(0, 3);
      after[3 - axes + i] = d.between(0, 3);
    }
    int[] stride = d.each(axes, 1, 3);
    for (int i = 0; i < axes; i++) {
      while (dilation[i] * (k[i] - 1) + 1
          > x.dim(i + 2) + before[3 - axes + i] + after[3 - axes + i]) {
        k[i]--;
      }
    }
    Padding padding = new Padding(before[0], after[0], before[1], after[1], before[2], after[2]);
    PoolShape.Builder b =
        PoolShape.input(x).window(k).stride(stride).dilation(dilation).padding(padding);
    return d.either() ? b.ceil().build() : b.build();
  }

  private static double area(PoolShape s) {
    return (double) s.area();
  }

  private static List<Call> max(Backend backend, Draw d) {
    PoolShape s = shape(d);
    Layout layout = d.layout();
    MaxPool plan = backend.pooling().max(s, layout);
    Tensor x = d.of(s.x(), layout);
    int[] written = new int[s.y().size()];
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], written, ws, par);
    int[] read = new int[s.y().size()];
    MaxPool right = Draw.REFERENCE.pooling().max(s, layout);
    right.forward(x, like(s.y(), layout), read, Workspace.NONE, Parallel.SEQUENTIAL);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], read, t[1], par);
    return Draw.calls(
        new Call("max forward", plan.workspace(), forward)
            .reads("x", x)
            .writes("y", like(s.y(), layout), Bound.EXACT)
            .writesNumbers(written)
            .apart("y", "x"),
        new Call("max backward", WorkspaceSpec.NONE, backward)
            .reads("dy", d.of(s.y(), layout))
            .writes("dx", like(s.x(), layout), Bound.roundings(area(s), area(s)))
            .readsNumbers(read)
            .apart("dx", "dy"));
  }

  private static List<Call> average(Backend backend, Draw d) {
    PoolShape s = shape(d);
    Layout layout = d.layout();
    AvgPool plan = backend.pooling().average(s, d.either(), layout);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], ws, par);
    return Draw.calls(
        new Call("average forward", plan.workspace(), forward)
            .reads("x", d.of(s.x(), layout))
            .writes("y", like(s.y(), layout), Bound.roundings(area(s) + 2, 1))
            .apart("y", "x"),
        new Call("average backward", plan.workspace(), backward)
            .reads("dy", d.of(s.y(), layout))
            .writes("dx", like(s.x(), layout), Bound.roundings(area(s) + 3, area(s)))
            .apart("dx", "dy"));
  }

  /** All terms are positive: what is lost is a share of the result. */
  private static List<Call> lp(Backend backend, Draw d) {
    PoolShape s = shape(d);
    Layout layout = d.layout();
    double p = d.pick(1.0, 2.0, 3.0, 2.5);
    LpPool plan = backend.pooling().lp(s, p, layout);
    Tensor x = d.of(s.x(), layout);
    Tensor y = like(s.y(), layout);
    Draw.REFERENCE.pooling().lp(s, p, layout).forward(x, y, Workspace.NONE, Parallel.SEQUENTIAL);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], t[2], t[3], par);
    return Draw.calls(
        new Call("lp forward", plan.workspace(), forward)
            .reads("x", x)
            .writes("y", y, Bound.relative(area(s) + 8))
            .apart("y", "x"),
        new Call("lp backward", WorkspaceSpec.NONE, backward)
            .reads("x", x)
            .reads("y", y)
            .reads("dy", d.of(s.y(), layout))
            .writes(
                "dx", like(s.x(), layout), Bound.roundings(p * (area(s) + 8) + area(s), area(s)))
            .apart("dx", "x", "y", "dy"));
  }

  private static AdaptivePoolShape adaptive(Draw d) {
    return AdaptivePoolShape.of(d.shape(), d.each(d.shape().rank() - 2, 1, 5));
  }

  /** Positions of a channel, more than any window has. */
  private static int positions(Shape s) {
    return s.size() / s.dim(0) / s.dim(1);
  }

  private static List<Call> adaptiveMax(Backend backend, Draw d) {
    AdaptivePoolShape s = adaptive(d);
    Layout layout = d.layout();
    AdaptiveMaxPool plan = backend.pooling().adaptiveMax(s, layout);
    Tensor x = d.of(s.x(), layout);
    int[] written = new int[s.y().size()];
    int[] read = new int[s.y().size()];
    Draw.REFERENCE
        .pooling()
        .adaptiveMax(s, layout)
        .forward(x, like(s.y(), layout), read, Workspace.NONE, Parallel.SEQUENTIAL);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], written, ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], read, t[1], par);
    int windows = positions(s.y());
    return Draw.calls(
        new Call("adaptive max forward", plan.workspace(), forward)
            .reads("x", x)
            .writes("y", like(s.y(), layout), Bound.EXACT)
            .writesNumbers(written)
            .apart("y", "x"),
        new Call("adaptive max backward", WorkspaceSpec.NONE, backward)
            .reads("dy", d.of(s.y(), layout))
            .writes("dx", like(s.x(), layout), Bound.roundings(windows, windows))
            .readsNumbers(read)
            .apart("dx", "dy"));
  }

  private static List<Call> adaptiveAverage(Backend backend, Draw d) {
    AdaptivePoolShape s = adaptive(d);
    Layout layout = d.layout();
    AdaptiveAvgPool plan = backend.pooling().adaptiveAverage(s, layout);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], ws, par);
    int windows = positions(s.y());
    return Draw.calls(
        new Call("adaptive average forward", plan.workspace(), forward)
            .reads("x", d.of(s.x(), layout))
            .writes("y", like(s.y(), layout), Bound.roundings(positions(s.x()) + 2, 1))
            .apart("y", "x"),
        new Call("adaptive average backward", plan.workspace(), backward)
            .reads("dy", d.of(s.y(), layout))
            .writes("dx", like(s.x(), layout), Bound.roundings(windows + 3, windows))
            .apart("dx", "dy"));
  }

  /** Places are those of any order, so that no two values meet; some have none. */
  private static List<Call> unpool(Backend backend, Draw d) {
    Shape x = d.shape();
    int[] dims = x.toArray();
    for (int i = 2; i < dims.length; i++) {
      dims[i] += d.between(0, 3);
    }
    Shape y = Shape.of(dims);
    Layout layout = d.layout();
    MaxUnpool plan = backend.pooling().maxUnpool(x, y, layout);
    int[] order = d.order(positions(y));
    int[] places = new int[x.size()];
    int channels = x.dim(1);
    for (int i = 0; i < places.length; i++) {
      boolean first = layout == Layout.CHANNELS_FIRST;
      int image = positions(x) * channels;
      int at = first ? i % positions(x) : i % image / channels;
      places[i] = at % 7 == 6 ? -1 : order[at];
    }
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], places, t[1], par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], places, t[1], par);
    return Draw.calls(
        new Call("unpooling forward", WorkspaceSpec.NONE, forward)
            .reads("x", d.of(x, layout))
            .writes("y", like(y, layout), Bound.EXACT)
            .readsNumbers(places)
            .apart("y", "x"),
        new Call("unpooling backward", WorkspaceSpec.NONE, backward)
            .reads("dy", d.of(y, layout))
            .writes("dx", like(x, layout), Bound.EXACT)
            .readsNumbers(places)
            .apart("dx", "dy"));
  }
}
