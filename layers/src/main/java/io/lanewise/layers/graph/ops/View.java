package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Slot;

/** A slot's floats under another shape, in the order in which they lie; made once a tensor. */
final class View {
  private final Slot slot;
  private final Shape shape;
  private final Layout layout;
  private Tensor of;
  private Tensor view;

  /** Channels first. */
  View(Slot slot, Shape shape) {
    this(slot, shape, Layout.CHANNELS_FIRST);
  }

  View(Slot slot, Shape shape, Layout layout) {
    this.slot = slot;
    this.shape = shape;
    this.layout = layout;
  }

  @SuppressWarnings("ReferenceEquality") // a slot holds one object as long as its memory stays
  Tensor tensor() {
    Tensor t = slot.tensor();
    if (t != of) {
      view = Tensor.wrap(shape, layout, t.array(), t.offset());
      of = t;
    }
    return view;
  }
}
