package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.WindowMistake.*;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;

/**
 * Where taps lie along one axis, with the seams at which {@link WindowMistake}s enter.
 *
 * @param in input positions
 * @param out output positions
 * @param stride of the window
 * @param dilation of the taps
 * @param before padding before the first input
 * @param mistake or null
 */
record Axis(int in, int out, int stride, int dilation, int before, Mistake mistake) {
  static Axis rows(ConvShape s, Mistake m) {
    Padding p = s.padding();
    int before = m == PADDING_SWAPPED ? p.left() : m == BOTTOM_FOR_TOP ? p.bottom() : p.top();
    return new Axis(
        s.ih(),
        s.oh(),
        m == STRIDES_SWAPPED ? s.strideW() : s.strideH(),
        m == DILATIONS_SWAPPED ? s.dilationW() : s.dilationH(),
        m == PADDING_CUT_AT_KERNEL ? Math.min(before, s.kh() - 1) : before,
        m == LAST_ROW_SKIPPED || m == ROW_END_INCLUSIVE ? m : null);
  }

  static Axis columns(ConvShape s, Mistake m) {
    Padding p = s.padding();
    boolean strided = s.strideW() > 1;
    int dilation =
        m == DILATIONS_SWAPPED || m == DILATION_H_FOR_BOTH ? s.dilationH() : s.dilationW();
    int before = m == PADDING_SWAPPED ? p.top() : m == RIGHT_FOR_LEFT ? p.right() : p.left();
    return new Axis(
        s.iw(),
        s.ow(),
        m == STRIDES_SWAPPED || m == STRIDE_H_FOR_BOTH ? s.strideH() : s.strideW(),
        m == DILATION_IGNORED_WITH_STRIDE && strided ? 1 : dilation,
        m == PADDING_CUT_AT_KERNEL ? Math.min(before, s.kw() - 1) : before,
        m);
  }

  /** Input position of a tap at an output position. */
  int at(int o, int tap) {
    return o * stride + tap * dilation - before;
  }

  /** First output position whose tap is inside the input. */
  int first(int tap) {
    int distance = start() - at(0, tap);
    int first = mistake == FIRST_ROUNDED_DOWN ? distance / stride : Math.ceilDiv(distance, stride);
    return Math.clamp(first, 0, out);
  }

  /** One past the last output position whose tap is inside the input. */
  int end(int tap) {
    int room = limit() - at(0, tap);
    return Math.clamp(Math.ceilDiv(room, stride), 0, out);
  }

  /** True if an input position is not padding. */
  boolean holds(int position) {
    return position >= start() && position < limit();
  }

  private int start() {
    return mistake == FIRST_COLUMN_SKIPPED ? 1 : 0;
  }

  private int limit() {
    if (mistake == LAST_COLUMN_SKIPPED || mistake == LAST_ROW_SKIPPED) {
      return in - 1;
    }
    return mistake == END_INCLUSIVE || mistake == ROW_END_INCLUSIVE ? in + 1 : in;
  }
}
