package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/**
 * A tensor's axes in the order in which they lie in memory, for operations along an axis that know
 * of no layout.
 *
 * @param shape as it lies
 * @param last whether channels are last
 */
record Lying(Shape shape, boolean last) {
  static Lying of(Shape shape, Layout layout) {
    boolean last = layout == Layout.CHANNELS_LAST;
    return new Lying(last ? Types.stored(shape) : shape, last);
  }

  /** Where an axis of the tensor lies. */
  int axis(int axis) {
    int at = Types.axis(shape, axis);
    return last ? Types.storedAxis(at, shape.rank()) : at;
  }
}
