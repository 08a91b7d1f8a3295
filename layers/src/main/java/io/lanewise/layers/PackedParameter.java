package io.lanewise.layers;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.tensor.Tensor;
import java.util.function.BiConsumer;

/** A parameter in a plan's order, packed anew only when the parameter has changed. */
final class PackedParameter {
  private final PackedWeights packed;
  private final BiConsumer<Tensor, PackedWeights> pack;
  private long version = -1;

  PackedParameter(PackedWeights packed, BiConsumer<Tensor, PackedWeights> pack) {
    this.packed = packed;
    this.pack = pack;
  }

  void update(Parameter p) {
    if (p.version() != version) {
      pack.accept(p.value(), packed);
      version = p.version();
    }
  }

  PackedWeights packed() {
    return packed;
  }
}
