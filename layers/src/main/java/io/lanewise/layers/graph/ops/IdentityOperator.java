package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/**
 * The input: x of any element type, in whatever layout it lies.
 *
 * @param name what it was, such as dropout
 */
public record IdentityOperator(String name) implements GraphOp {
  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 1, 1);
    return inputs;
  }

  @Override
  public List<String> backward() {
    return List.of(name);
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    return request.input(0).isFloat() ? Copies.floats() : Copies.elements();
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
