package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** An activation of each element: x, in whatever layout it lies. */
public record ActivationOperator(Activation activation) implements GraphOp {
  @Override
  public String name() {
    return "activation";
  }

  /** Its name in the catalogue, which is without parameters. */
  static String title(Activation activation) {
    String text = activation.toString();
    return text.contains("(") ? text.substring(0, text.indexOf('(')) : text;
  }

  /** As a part of another operation's text. */
  static String behind(Activation activation) {
    return activation.kind() == Activation.Kind.IDENTITY ? "" : ", " + activation;
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return List.of(ValueType.floats(Types.requireFloats(inputs, 1)));
  }

  @Override
  public List<String> backward() {
    return List.of(title(activation));
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public Kernel plan(PlanRequest request) {
    ActivationOp plan = request.backend().activation(activation);
    return Planned.of(memory -> Steps.unary(memory, plan::forward))
        .overwriting(0)
        .warmedBy(warm -> warm.add(plan));
  }

  /** The activation's name. */
  @Override
  public String toString() {
    return activation.toString();
  }
}
