package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.TopK;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** The k most extreme along an axis: x; outputs values and, int64, indices. */
public record TopKOperator(int axis, int k, boolean largest) implements GraphOp {
  @Override
  public String name() {
    return "top-k";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Shape y = Arithmetic.topKShape(Types.requireFloats(inputs, 1), axis, k);
    return List.of(ValueType.floats(y), ValueType.longs(y));
  }

  @Override
  public List<String> backward() {
    return List.of("top-k");
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return inputs.get(0).shape().size();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    TopK plan = request.backend().arithmetic().topK(request.inputShape(0), axis, k, largest);
    return Planned.of(plan.workspace(), memory -> step(plan, memory));
  }

  private static Step step(TopK plan, Binding memory) {
    Slot x = memory.input(0);
    Slot values = memory.output(0);
    Slot y = memory.output(1);
    int[] indices = new int[plan.y().size()];
    return (ws, par) -> {
      plan.forward(x.tensor(), values.tensor(), indices, ws, par);
      Casts.widen(indices, y.typed().longs());
    };
  }

  /** Name, k and axis. */
  @Override
  public String toString() {
    return (largest ? "greatest " : "least ") + k + " along axis " + axis;
  }
}
