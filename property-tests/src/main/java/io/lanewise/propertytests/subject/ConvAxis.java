package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.Window;

/**
 * One of the axes along which a window slides: depth, height or width. What a convolution reads is
 * the product of what its axes read, so a share of all windows is the product of the axes' shares.
 *
 * @param in input positions
 * @param k taps
 * @param before padding before the first position
 * @param after padding after the last position
 */
record ConvAxis(int in, int k, int stride, int dilation, int before, int after) {
  /** The axis whose windows have {@code out} positions; more where padding alone gives more. */
  static ConvAxis withOutputs(int out, int k, int stride, int dilation, int before, int after) {
    int in = (out - 1) * stride + Window.extent(k, dilation) - before - after;
    return new ConvAxis(Math.max(1, in), k, stride, dilation, before, after);
  }

  /** The depth's axis of a convolution. */
  static ConvAxis depth(ConvShape s) {
    Padding p = s.padding();
    return new ConvAxis(s.id(), s.kd(), s.strideD(), s.dilationD(), p.front(), p.back());
  }

  /** The height's axis of a convolution. */
  static ConvAxis height(ConvShape s) {
    Padding p = s.padding();
    return new ConvAxis(s.ih(), s.kh(), s.strideH(), s.dilationH(), p.top(), p.bottom());
  }

  /** The width's axis of a convolution. */
  static ConvAxis width(ConvShape s) {
    Padding p = s.padding();
    return new ConvAxis(s.iw(), s.kw(), s.strideW(), s.dilationW(), p.left(), p.right());
  }

  /** The convolution with these axes; channels are counted per group. */
  static ConvShape shape(int n, int groups, int icg, int ocg, ConvAxis h, ConvAxis w) {
    return new ConvShape(
        n,
        groups * icg,
        h.in,
        w.in,
        groups * ocg,
        h.k,
        w.k,
        h.stride,
        w.stride,
        h.dilation,
        w.dilation,
        new Padding(h.before, h.after, w.before, w.after),
        groups);
  }

  /** The 1-D convolution along this axis; channels are counted per group. */
  ConvShape line(int n, int groups, int icg, int ocg) {
    return ConvShape.input(n, groups * icg, in)
        .filters(groups * ocg, k)
        .stride(stride)
        .dilation(dilation)
        .padding(new Padding(0, 0, before, after))
        .groups(groups)
        .build();
  }

  /** The 3-D convolution with these axes; channels are counted per group. */
  static ConvShape volume(int n, int groups, int icg, int ocg, ConvAxis d, ConvAxis h, ConvAxis w) {
    return ConvShape.input(n, groups * icg, d.in, h.in, w.in)
        .filters(groups * ocg, d.k, h.k, w.k)
        .stride(d.stride, h.stride, w.stride)
        .dilation(d.dilation, h.dilation, w.dilation)
        .padding(new Padding(d.before, d.after, h.before, h.after, w.before, w.after))
        .groups(groups)
        .build();
  }

  /** Output positions. */
  int out() {
    return Window.outputSize("axis", in, k, stride, dilation, before, after);
  }

  /** The share of output positions whose window sees an input position: the others give 0. */
  double windowsThatSee() {
    int seeing = 0;
    int out = out();
    for (int o = 0; o < out; o++) {
      boolean sees = false;
      for (int tap = 0; tap < k; tap++) {
        sees |= isInside(o, tap);
      }
      seeing += sees ? 1 : 0;
    }
    return (double) seeing / out;
  }

  /** The share of input positions that a window sees: the others' gradient is 0. */
  double inputsSeen() {
    boolean[] seen = new boolean[in];
    int count = 0;
    int out = out();
    for (int o = 0; o < out; o++) {
      for (int tap = 0; tap < k; tap++) {
        if (isInside(o, tap) && !seen[position(o, tap)]) {
          seen[position(o, tap)] = true;
          count++;
        }
      }
    }
    return (double) count / in;
  }

  /** The share of taps that ever lie on an input position: the others' gradient is 0. */
  double tapsThatSee() {
    int seeing = 0;
    int out = out();
    for (int tap = 0; tap < k; tap++) {
      int left = tap * dilation - before;
      if (Window.firstInside(left, stride, out) < Window.endInside(left, stride, in, out)) {
        seeing++;
      }
    }
    return (double) seeing / k;
  }

  private int position(int o, int tap) {
    return o * stride + tap * dilation - before;
  }

  private boolean isInside(int o, int tap) {
    int i = position(o, tap);
    return i >= 0 && i < in;
  }
}
