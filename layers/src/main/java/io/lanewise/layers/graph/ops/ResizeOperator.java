package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.resample.Resize;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;
import java.util.Locale;

/** Resize: x, in whatever layout it lies. */
public record ResizeOperator(ResizeShape shape) implements GraphOp {
  @Override
  public String name() {
    return "resize, " + shape.interpolation().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 1, 1);
    Types.requireShape(inputs, 0, shape.x(), "x");
    return List.of(ValueType.floats(shape.y()));
  }

  @Override
  public List<String> backward() {
    return List.of(name());
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Resize plan = request.backend().resampling().resize(shape, request.inputLayout(0));
    return Planned.of(plan.workspace(), memory -> Steps.unary(memory, plan::forward));
  }

  /** Name and shapes. */
  @Override
  public String toString() {
    return name() + " " + shape.x() + " to " + shape.y();
  }
}
