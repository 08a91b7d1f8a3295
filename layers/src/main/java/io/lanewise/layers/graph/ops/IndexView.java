package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.movement.Indices;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;

/** A slot's int32 or int64 elements as a kernel's indices; made once a tensor. */
final class IndexView {
  private final Slot slot;
  private TypedTensor of;
  private Indices view;

  IndexView(Slot slot) {
    this.slot = slot;
  }

  @SuppressWarnings("ReferenceEquality") // a slot holds one object as long as its memory stays
  Indices indices() {
    TypedTensor t = slot.typed();
    if (t != of) {
      view = t.type() == ElementType.INT32 ? Indices.of(t.ints()) : Indices.of(t.longs());
      of = t;
    }
    return view;
  }
}
