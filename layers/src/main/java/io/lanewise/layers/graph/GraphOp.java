package io.lanewise.layers.graph;

import io.lanewise.kernels.tensor.Layout;
import java.util.List;

/**
 * What a node computes: a pure function of its inputs, for one set of shapes. {@link GraphOps} has
 * the library's; implement it for an operation of your own. Immutable, and equal only to one that
 * computes the same, since a graph's compilation keeps one of two equal nodes.
 */
public interface GraphOp {
  /** The field's term, such as {@code "convolution"}. */
  String name();

  /**
   * The types of the outputs.
   *
   * @param inputs the types of the inputs
   * @throws IllegalArgumentException saying which inputs were expected, and what came
   */
  List<ValueType> outputs(List<ValueType> inputs);

  /**
   * The operations of {@code io.lanewise.kernels.catalogue} whose backward passes give the
   * gradients of this one, by name; empty if there is no gradient.
   */
  default List<String> backward() {
    return List.of();
  }

  /**
   * In which layouts it reads and writes. Whatever lies in another one is reordered before.
   *
   * @param inputs the types of the inputs
   * @param lying the layouts in which the inputs lie; channels first for constants, which can be
   *     had in any layout
   */
  default NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.first(inputs.size(), outputs(inputs).size());
  }

  /**
   * Decides how it is computed.
   *
   * @throws UnsupportedOperationException if the backend does not offer it
   */
  Kernel plan(PlanRequest request);

  /** Floating-point operations, two a multiply-add; 0 if it only moves elements. */
  default long flops(List<ValueType> inputs) {
    return outputs(inputs).stream().mapToLong(t -> t.shape().size()).sum();
  }
}
