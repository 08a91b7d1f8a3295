package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Slot;
import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** The floats of several slots, as they are at the time of asking. */
final class SlotTensors extends AbstractList<Tensor> implements RandomAccess {
  private final Slot[] slots;

  SlotTensors(int count, IntFunction<Slot> slot) {
    slots = new Slot[count];
    for (int i = 0; i < count; i++) {
      slots[i] = slot.apply(i);
    }
  }

  @Override
  public Tensor get(int i) {
    return slots[i].tensor();
  }

  @Override
  public int size() {
    return slots.length;
  }
}
