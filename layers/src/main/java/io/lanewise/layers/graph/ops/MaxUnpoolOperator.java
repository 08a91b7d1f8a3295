package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.pool.MaxUnpool;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/**
 * Max pooling's way back: x, indices (int64).
 *
 * @param y shape that comes out
 * @param wholeTensor whether indices count through all of y, or else through its channel
 */
public record MaxUnpoolOperator(Shape y, boolean wholeTensor) implements GraphOp {
  @Override
  public String name() {
    return "max unpooling";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 2, 2);
    Types.requireFloat(inputs, 0, "x");
    Shape x = inputs.get(0).shape();
    MaxUnpool.requireShapes(x, y);
    if (inputs.get(1).type() != ElementType.INT64 || !inputs.get(1).shape().equals(x)) {
      throw new IllegalArgumentException(
          "indices must be int64" + x + ", as many as x has elements, got " + inputs.get(1));
    }
    return List.of(ValueType.floats(y));
  }

  @Override
  public List<String> backward() {
    return List.of("max unpooling");
  }

  @Override
  public Kernel plan(PlanRequest request) {
    MaxUnpool plan =
        request.backend().pooling().maxUnpool(request.inputShape(0), y, Layout.CHANNELS_FIRST);
    return Planned.of(memory -> step(plan, memory));
  }

  private Step step(MaxUnpool plan, Binding memory) {
    Slot x = memory.input(0);
    Slot indices = memory.input(1);
    Slot out = memory.output(0);
    int[] places = new int[plan.x().size()];
    int plane = MaxPoolOperator.plane(plan.x());
    long step = wholeTensor ? MaxPoolOperator.plane(y) : 0;
    return (ws, par) -> {
      TypedTensor t = indices.typed();
      for (int i = 0; i < places.length; i++) {
        long at = t.longAt(i);
        places[i] =
            Math.clamp(at < 0 ? at : at - i / plane * step, Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
      plan.forward(x.tensor(), places, out.tensor(), par);
    };
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return name() + " to " + y;
  }
}
