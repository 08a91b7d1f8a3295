package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.PRelu;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** ReLU with slopes that are data: x in whatever layout it lies, slope of one element or of c. */
public record PReluOperator() implements GraphOp {
  @Override
  public String name() {
    return "prelu";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Shape x = Types.requireFloats(inputs, 2);
    int slopes = inputs.get(1).shape().size();
    PRelu.requireSlopes(x, Layout.CHANNELS_FIRST, slopes);
    return List.of(ValueType.floats(x));
  }

  @Override
  public List<String> backward() {
    return List.of("prelu");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public Kernel plan(PlanRequest request) {
    int slopes = request.inputShape(1).size();
    PRelu plan = request.backend().prelu(request.inputShape(0), request.inputLayout(0), slopes);
    return Planned.of(
            plan.workspace(),
            memory -> {
              View slope = new View(memory.input(1), Shape.of(slopes));
              return Steps.unary(
                  memory, (x, y, ws, par) -> plan.forward(x, slope.tensor(), y, ws, par));
            })
        .overwriting(0);
  }

  /** Its name. */
  @Override
  public String toString() {
    return name();
  }
}
