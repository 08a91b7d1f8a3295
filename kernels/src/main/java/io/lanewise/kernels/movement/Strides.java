package io.lanewise.kernels.movement;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/** How far apart a dense tensor's neighbours lie, axis by axis as its shape names them. */
final class Strides {
  private Strides() {}

  /** Elements between neighbours along each axis. */
  static int[] of(Shape shape, Layout layout) {
    int rank = shape.rank();
    boolean last = layout == Layout.CHANNELS_LAST;
    int[] strides = new int[rank];
    int stride = 1;
    if (last) {
      strides[1] = 1;
      stride = shape.dim(1);
    }
    for (int i = rank - 1; i >= 0; i--) {
      if (!last || i != 1) {
        strides[i] = stride;
        stride *= shape.dim(i); // may overflow for empty shapes alone, of which nothing is moved
      }
    }
    return strides;
  }

  /** {@code Σ index · stride}. */
  static int dot(int[] index, int[] strides) {
    int sum = 0;
    for (int i = 0; i < index.length; i++) {
      sum += index[i] * strides[i];
    }
    return sum;
  }
}
