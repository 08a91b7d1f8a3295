package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.Binary;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;
import java.util.Locale;

/**
 * A function of two tensors with broadcasting, then an activation: a, b, in whatever layout they
 * lie.
 *
 * @param activation of the function's result
 */
public record BinaryOperator(BinaryOp op, Activation activation) implements GraphOp {
  @Override
  public String name() {
    return op.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireFloats(inputs, 2);
    return List.of(
        ValueType.floats(Arithmetic.broadcast(inputs.get(0).shape(), inputs.get(1).shape())));
  }

  @Override
  public List<String> backward() {
    if (!op.hasGradient()) {
      return List.of();
    }
    return activation.kind() == Activation.Kind.IDENTITY
        ? List.of(name())
        : List.of(name(), ActivationOperator.title(activation));
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return Broadcasts.layouts(inputs, outputs(inputs).get(0), lying);
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Shape y = request.outputShape(0);
    Layout layout = request.outputLayout(0);
    Shape a = Broadcasts.aligned(request.inputShape(0), y, layout);
    Shape b = Broadcasts.aligned(request.inputShape(1), y, layout);
    Binary plan = request.backend().arithmetic().binary(op, a, b, activation, layout);
    Planned kernel =
        Planned.of(
            plan.workspace(),
            memory -> {
              View left = new View(memory.input(0), a, layout);
              View right = new View(memory.input(1), b, layout);
              View out = new View(memory.output(0), y, layout);
              return (ws, par) ->
                  plan.forward(left.tensor(), right.tensor(), out.tensor(), ws, par);
            });
    kernel = a.equals(y) ? kernel.overwriting(0) : kernel;
    return b.equals(y) ? kernel.overwriting(1) : kernel;
  }

  /** Name and activation. */
  @Override
  public String toString() {
    return name() + ActivationOperator.behind(activation);
  }
}
