package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.movement.Concat;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** Tensors side by side along an axis: one or more, channels last if one lies so. */
public record ConcatOperator(int axis) implements GraphOp {
  @Override
  public String name() {
    return "concatenation";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      Types.requireFloat(inputs, i, "input " + i);
    }
    return List.of(
        ValueType.floats(
            Concat.joined(axis, inputs.stream().map(ValueType::shape).toArray(Shape[]::new))));
  }

  @Override
  public List<String> backward() {
    return List.of("concatenation");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    Layout layout = NodeLayouts.following(lying.size(), lying);
    return NodeLayouts.images(layout, inputs.size(), inputs, outputs(inputs));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Shape[] xs = request.inputTypes().stream().map(ValueType::shape).toArray(Shape[]::new);
    Concat plan = request.backend().movements().in(request.outputLayout(0)).concat(axis, xs);
    return Planned.of(memory -> step(plan, memory));
  }

  private static Step step(Concat plan, Binding memory) {
    SlotTensors xs = new SlotTensors(memory.inputs(), memory::input);
    Slot y = memory.output(0);
    return (ws, par) -> plan.forward(xs, y.tensor(), par);
  }

  /** Name and axis. */
  @Override
  public String toString() {
    return name() + " along axis " + axis;
  }
}
