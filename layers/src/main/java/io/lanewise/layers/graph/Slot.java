package io.lanewise.layers.graph;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.TypedTensor;

/**
 * Where a value lies in one run. Inputs, and outputs that the caller provides, lie elsewhere in the
 * next run, so a step asks again each time.
 */
public final class Slot {
  private Tensor tensor;
  private TypedTensor typed;

  Slot() {}

  /** The floats; null if the value has another element type. */
  public Tensor tensor() {
    return tensor;
  }

  /** The elements; null if they are floats. */
  public TypedTensor typed() {
    return typed;
  }

  void set(Tensor t) {
    tensor = t;
  }

  void set(TypedTensor t) {
    typed = t;
  }
}
