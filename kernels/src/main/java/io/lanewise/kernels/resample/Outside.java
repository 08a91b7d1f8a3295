package io.lanewise.kernels.resample;

import io.lanewise.kernels.shape.ResizeShape;
import java.util.Arrays;

/** The outputs of a crop that lie outside the image along some axis: they get a value. */
final class Outside {
  private final boolean[][] flags; // [axis][o]
  private final float value;
  private final int inner;

  Outside(ResizeShape s, int inner) {
    this.flags = new boolean[s.axes()][];
    this.value = s.extrapolation();
    this.inner = inner;
    for (int axis = 0; axis < s.axes(); axis++) {
      flags[axis] = new boolean[s.out(axis)];
      for (int o = 0; o < s.out(axis); o++) {
        flags[axis][o] = s.isOutside(axis, o);
      }
    }
  }

  /** Fills those of rows [from, to) along the first axis of a plane at {@code off}. */
  void fill(float[] y, int off, int from, int to) {
    fill(0, y, off, from, to);
  }

  private void fill(int axis, float[] y, int off, int from, int to) {
    int step = inner;
    for (int later = axis + 1; later < flags.length; later++) {
      step *= flags[later].length;
    }
    for (int o = from; o < to; o++) {
      int at = off + o * step;
      if (flags[axis][o]) {
        Arrays.fill(y, at, at + step, value);
      } else if (axis + 1 < flags.length) {
        fill(axis + 1, y, at, 0, flags[axis + 1].length);
      }
    }
  }
}
