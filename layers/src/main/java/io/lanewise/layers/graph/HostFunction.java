package io.lanewise.layers.graph;

import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** What a host operation computes; plain Java, on tensors of any element type. */
@FunctionalInterface
public interface HostFunction {
  /**
   * Computes the outputs. Called from any thread, by several at once.
   *
   * @param inputs read; valid during the call only
   * @return of the types that were promised; may be inputs
   */
  List<TypedTensor> apply(List<TypedTensor> inputs);
}
