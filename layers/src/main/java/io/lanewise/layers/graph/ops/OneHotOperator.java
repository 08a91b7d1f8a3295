package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.movement.OneHot;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** Indicator vectors along an axis: indices (int32 or int64). */
public record OneHotOperator(int depth, int axis, float off, float on) implements GraphOp {
  @Override
  public String name() {
    return "one-hot";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 1, 1);
    return List.of(ValueType.floats(OneHot.with(Types.requireIndices(inputs, 0), depth, axis)));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    OneHot plan = request.backend().movements().oneHot(request.inputShape(0), depth, axis);
    return Planned.of(memory -> step(plan, memory));
  }

  private Step step(OneHot plan, Binding memory) {
    IndexView indices = new IndexView(memory.input(0));
    Slot y = memory.output(0);
    return (ws, par) -> plan.forward(indices.indices(), off, on, y.tensor(), par);
  }

  /** Name, depth and axis. */
  @Override
  public String toString() {
    return name() + " of " + depth + " along axis " + axis;
  }
}
