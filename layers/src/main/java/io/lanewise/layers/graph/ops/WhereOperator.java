package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.Where;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/**
 * One of two tensors with broadcasting: condition (floats, or bool), a, b, in whatever layout they
 * lie; with a condition of bool channels first.
 */
public record WhereOperator() implements GraphOp {
  @Override
  public String name() {
    return "where";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 3, 3);
    ElementType condition = inputs.get(0).type();
    if (condition != ElementType.FLOAT && condition != ElementType.BOOL) {
      throw new IllegalArgumentException(
          "the condition must be of float or bool, got " + inputs.get(0));
    }
    Types.requireFloat(inputs, 1, "a");
    Types.requireFloat(inputs, 2, "b");
    return List.of(
        ValueType.floats(
            Arithmetic.broadcast(
                inputs.get(0).shape(), inputs.get(1).shape(), inputs.get(2).shape())));
  }

  @Override
  public List<String> backward() {
    return List.of("where");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return inputs.get(0).isFloat()
        ? Broadcasts.layouts(inputs, outputs(inputs).get(0), lying)
        : NodeLayouts.first(3, 1);
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Shape y = request.outputShape(0);
    Layout layout = request.outputLayout(0);
    Shape condition = Broadcasts.aligned(request.inputShape(0), y, layout);
    Shape a = Broadcasts.aligned(request.inputShape(1), y, layout);
    Shape b = Broadcasts.aligned(request.inputShape(2), y, layout);
    Where plan = request.backend().arithmetic().where(condition, a, b, layout);
    boolean isFloat = request.input(0).isFloat();
    return Planned.of(plan.workspace(), memory -> step(plan, layout, isFloat, memory));
  }

  private static Step step(Where plan, Layout layout, boolean isFloat, Binding memory) {
    Slot given = memory.input(0);
    View condition = new View(given, plan.condition(), layout);
    View a = new View(memory.input(1), plan.a(), layout);
    View b = new View(memory.input(2), plan.b(), layout);
    View y = new View(memory.output(0), plan.y(), layout);
    if (isFloat) {
      return (ws, par) ->
          plan.forward(condition.tensor(), a.tensor(), b.tensor(), y.tensor(), ws, par);
    }
    Tensor floats = Tensor.zeros(plan.condition());
    return (ws, par) -> {
      TypedTensor t = given.typed();
      for (int i = 0; i < floats.size(); i++) {
        floats.array()[i] = t.booleanAt(i) ? 1 : 0;
      }
      plan.forward(floats, a.tensor(), b.tensor(), y.tensor(), ws, par);
    };
  }

  /** Its name. */
  @Override
  public String toString() {
    return name();
  }
}
