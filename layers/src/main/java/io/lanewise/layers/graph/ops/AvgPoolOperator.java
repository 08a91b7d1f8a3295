package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/**
 * Average pooling: x, in whatever layout it lies.
 *
 * @param countsPadding true if padding counts as zeros in the average
 */
public record AvgPoolOperator(PoolShape shape, boolean countsPadding) implements GraphOp {
  @Override
  public String name() {
    return "average pooling";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 1, 1);
    Types.requireShape(inputs, 0, shape.x(), "x");
    return List.of(ValueType.floats(shape.y()));
  }

  @Override
  public List<String> backward() {
    return List.of("average pooling");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return shape.y().size() * shape.area();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    AvgPool plan =
        request.backend().pooling().average(shape, countsPadding, request.inputLayout(0));
    return Planned.of(plan.workspace(), memory -> Steps.unary(memory, plan::forward))
        .warmedBy(warm -> warm.add(plan));
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return name() + " " + shape + (countsPadding ? ", padding counts" : "");
  }
}
