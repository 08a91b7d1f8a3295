package io.lanewise.layers.graph.ops;

import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.typed.TypedTensor;

/** Which image each region belongs to, as kernels take it. */
final class Regions {
  private final Slot slot;
  private final int[] images;

  Regions(Slot slot, int rois) {
    this.slot = slot;
    this.images = new int[rois];
  }

  int[] images() {
    TypedTensor t = slot.typed();
    for (int i = 0; i < images.length; i++) {
      images[i] = Math.clamp(t.longAt(i), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return images;
  }
}
