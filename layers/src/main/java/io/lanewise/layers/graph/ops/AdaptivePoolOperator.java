package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.pool.AdaptiveAvgPool;
import io.lanewise.kernels.pool.AdaptiveMaxPool;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** Pooling to a number of outputs: x, in whatever layout it lies. */
public record AdaptivePoolOperator(AdaptivePoolShape shape, boolean max) implements GraphOp {
  @Override
  public String name() {
    return max ? "adaptive max pooling" : "adaptive average pooling";
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
  public long flops(List<ValueType> inputs) {
    return shape.x().size(); // where windows overlap some more
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Layout layout = request.inputLayout(0);
    if (max) {
      AdaptiveMaxPool plan = request.backend().pooling().adaptiveMax(shape, layout);
      return Planned.of(
          plan.workspace(),
          memory -> Steps.unary(memory, (x, y, ws, par) -> plan.forward(x, y, null, ws, par)));
    }
    AdaptiveAvgPool plan = request.backend().pooling().adaptiveAverage(shape, layout);
    return Planned.of(plan.workspace(), memory -> Steps.unary(memory, plan::forward));
  }

  /** Name and shapes. */
  @Override
  public String toString() {
    return name() + " " + shape.x() + " to " + shape.y();
  }
}
