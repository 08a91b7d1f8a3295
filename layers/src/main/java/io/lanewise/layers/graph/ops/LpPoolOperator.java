package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.pool.LpPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** Lp pooling with exponent p: x, in whatever layout it lies. */
public record LpPoolOperator(PoolShape shape, double p) implements GraphOp {
  @Override
  public String name() {
    return "Lp pooling";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 1, 1);
    Types.requireShape(inputs, 0, shape.x(), "x");
    LpPool.requireExponent(p);
    return List.of(ValueType.floats(shape.y()));
  }

  @Override
  public List<String> backward() {
    return List.of("Lp pooling");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 2L * shape.y().size() * shape.area();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    LpPool plan = request.backend().pooling().lp(shape, p, request.inputLayout(0));
    return Planned.of(plan.workspace(), memory -> Steps.unary(memory, plan::forward));
  }

  /** Name, exponent and shape. */
  @Override
  public String toString() {
    return "L" + p + " pooling " + shape;
  }
}
