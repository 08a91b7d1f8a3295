package io.lanewise.kernels.norm;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/** Arithmetic on shapes of this package. */
final class NormShapes {
  private NormShapes() {}

  /** Pixels of an image; 0 of an empty shape. */
  static int pixels(Shape x) {
    return x.size() == 0 ? 0 : x.size() / x.dim(0) / x.dim(1);
  }

  /** Axes {@code from} to {@code to}. */
  static Shape part(Shape x, int from, int to) {
    int[] dims = new int[to - from];
    for (int i = from; i < to; i++) {
      dims[i - from] = x.dim(i);
    }
    return Shape.of(dims);
  }

  static Shape without(Shape x, int axis) {
    int[] dims = new int[x.rank() - 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = x.dim(i < axis ? i : i + 1);
    }
    return Shape.of(dims);
  }

  /** Distance in memory between neighbours along an axis; 0 of an empty shape. */
  static int inside(Shape x, Layout layout, int axis) {
    if (x.size() == 0) {
      return 0;
    }
    boolean last = layout == Layout.CHANNELS_LAST;
    if (last && axis == 1) {
      return 1;
    }
    int inside = last && axis > 1 ? x.dim(1) : 1;
    for (int i = axis + 1; i < x.rank(); i++) {
      inside *= x.dim(i);
    }
    return inside;
  }
}
