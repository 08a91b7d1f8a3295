package io.lanewise.layers.graph.ops;

import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.Slot;

/** Elements of any type, copied as they lie. */
final class Copies {
  private Copies() {}

  /** Of types without kernels. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // both arrays are of the element type's class
  static Kernel elements() {
    return Planned.of(
        memory -> {
          Slot x = memory.input(0);
          Slot y = memory.output(0);
          return (ws, par) ->
              System.arraycopy(x.typed().array(), 0, y.typed().array(), 0, y.typed().size());
        });
  }

  /** Of floats, in one layout; a view where the memory's plan can make it one. */
  static Kernel floats() {
    return FloatCopy.INSTANCE;
  }
}
