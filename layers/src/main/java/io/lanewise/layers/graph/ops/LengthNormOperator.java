package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.norm.LengthNorm;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** Vectors along an axis scaled to length 1: x, in whatever layout it lies. */
public record LengthNormOperator(int axis, double epsilon) implements GraphOp {
  @Override
  public String name() {
    return "length norm along an axis";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.axis(Types.requireFloats(inputs, 1), axis);
    return List.of(inputs.get(0));
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
    LengthNorm plan =
        request
            .backend()
            .normalisations()
            .lengthNorm(request.inputShape(0), request.inputLayout(0), axis, epsilon);
    return Planned.of(
            plan.workspace(),
            memory -> Steps.unary(memory, (x, y, ws, par) -> plan.forward(x, y, null, ws, par)))
        .overwriting(0);
  }

  /** Name and axis. */
  @Override
  public String toString() {
    return "length norm along axis " + axis;
  }
}
