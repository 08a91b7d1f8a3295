package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** Another element type: x, of any type but text. */
public record CastOperator(ElementType to) implements GraphOp {
  @Override
  public String name() {
    return "cast";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 1, 1);
    if (inputs.get(0).type() == ElementType.STRING || to == ElementType.STRING) {
      throw new IllegalArgumentException("text is not cast, got " + inputs.get(0) + " to " + to);
    }
    return List.of(new ValueType(to, inputs.get(0).shape()));
  }

  @Override
  public Kernel plan(PlanRequest request) {
    boolean fromFloat = request.input(0).isFloat();
    boolean toFloat = request.output(0).isFloat();
    return Planned.of(memory -> step(memory.input(0), fromFloat, memory.output(0), toFloat));
  }

  private static Step step(Slot x, boolean fromFloat, Slot y, boolean toFloat) {
    if (fromFloat && toFloat) {
      return (ws, par) -> y.tensor().copyFrom(x.tensor());
    }
    if (fromFloat) {
      return (ws, par) -> fromFloats(x.tensor(), y.typed());
    }
    if (toFloat) {
      return (ws, par) -> toFloats(x.typed(), y.tensor());
    }
    return (ws, par) -> between(x.typed(), y.typed());
  }

  private static void fromFloats(Tensor x, TypedTensor y) {
    for (int i = 0; i < y.size(); i++) {
      set(y, i, x.array()[x.offset() + i]);
    }
  }

  private static void set(TypedTensor y, int i, double v) {
    if (y.type().isInteger()) {
      y.setLong(i, Casts.toInteger(v, y.type()));
    } else {
      y.setDouble(i, v);
    }
  }

  private static void toFloats(TypedTensor x, Tensor y) {
    for (int i = 0; i < x.size(); i++) {
      y.array()[y.offset() + i] = (float) x.doubleAt(i);
    }
  }

  private static void between(TypedTensor x, TypedTensor y) {
    for (int i = 0; i < x.size(); i++) {
      if (x.type().isFloating()) {
        set(y, i, x.doubleAt(i));
      } else {
        y.setLong(i, x.longAt(i));
      }
    }
  }

  /** Name and type. */
  @Override
  public String toString() {
    return "cast to " + to;
  }
}
