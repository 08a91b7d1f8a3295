package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** The same tensor in another layout: x. The compiler's, between nodes of different layouts. */
public record ReorderOperator(Layout from, Layout to) implements GraphOp {
  @Override
  public String name() {
    return "reordering of layouts";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireFloats(inputs, 1);
    return inputs;
  }

  @Override
  public List<String> backward() {
    return List.of("reordering of layouts");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return new NodeLayouts(List.of(from), List.of(to));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Movement plan = request.backend().movements().reorder(request.inputShape(0), from, to);
    return Moving.of(plan);
  }

  /** Which way. */
  @Override
  public String toString() {
    return to == Layout.CHANNELS_LAST ? "reorder to channels last" : "reorder to channels first";
  }
}
