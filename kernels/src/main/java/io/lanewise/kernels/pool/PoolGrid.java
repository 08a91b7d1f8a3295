package io.lanewise.kernels.pool;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.micro.PoolSteps;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** A pooling's tensors and windows, and what the loops derive from them. */
final class PoolGrid {
  private final Shape x;
  private final Shape y;
  private final Layout layout;
  private final PoolAxis d;
  private final PoolAxis h;
  private final PoolAxis w;

  private PoolGrid(Shape x, Shape y, Layout layout, PoolAxis... axes) {
    this.x = x;
    this.y = y;
    this.layout = layout;
    this.d = axes[0];
    this.h = axes[1];
    this.w = axes[2];
  }

  static PoolGrid of(PoolShape s, Layout layout) {
    return new PoolGrid(s.x(), s.y(), layout, PoolAxis.of(s));
  }

  static PoolGrid of(AdaptivePoolShape s, Layout layout) {
    return new PoolGrid(s.x(), s.y(), layout, PoolAxis.of(s));
  }

  Layout layout() {
    return layout;
  }

  boolean isChannelsLast() {
    return layout == Layout.CHANNELS_LAST;
  }

  PoolAxis d() {
    return d;
  }

  PoolAxis h() {
    return h;
  }

  PoolAxis w() {
    return w;
  }

  int n() {
    return x.dim(0);
  }

  int c() {
    return x.dim(1);
  }

  /** Images of one channel. */
  int planes() {
    return n() * c();
  }

  int xPixels() {
    return d.in() * h.in() * w.in();
  }

  int yPixels() {
    return d.out() * h.out() * w.out();
  }

  PoolSteps steps() {
    return new PoolSteps(d.step() * h.in() * w.in(), h.step() * w.in(), w.step(), w.stride());
  }

  /** Taps inside the input, of all windows. */
  long taps() {
    return (long) planes() * d.holders(d.in()) * h.holders(h.in()) * w.holders(w.in());
  }

  /** What an average divides by; at least 1. */
  float counted(int oz, int oy, int ox, boolean padding) {
    long planes = d.counted(oz, padding);
    long area = planes * h.counted(oy, padding) * w.counted(ox, padding);
    return Math.max(1, area);
  }

  void checkForward(Tensor in, Tensor out) {
    requireShape(in, x, layout, "x");
    requireShape(out, y, layout, "y");
    requireDisjoint(out, "y", in, "x");
  }

  void checkBackward(Tensor dy, Tensor dx) {
    requireShape(dy, y, layout, "dy");
    requireShape(dx, x, layout, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
  }

  void checkBackward(Tensor in, Tensor out, Tensor dy, Tensor dx) {
    requireShape(in, x, layout, "x");
    requireShape(out, y, layout, "y");
    checkBackward(dy, dx);
    requireDisjoint(dx, "dx", in, "x");
    requireDisjoint(dx, "dx", out, "y");
  }

  void checkIndices(int[] indices) {
    if (indices.length != y.size()) {
      throw new IllegalArgumentException(
          "indices must have "
              + y.size()
              + " elements, one for each of y "
              + y
              + ", got "
              + indices.length);
    }
  }
}
