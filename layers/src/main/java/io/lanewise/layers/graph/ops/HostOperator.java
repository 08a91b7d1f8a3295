package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.HostFunction;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.List;

/** A function in Java, on tensors of any element types. */
public record HostOperator(String name, List<ValueType> types, HostFunction function)
    implements GraphOp {
  /** Copies the list. */
  public HostOperator {
    types = List.copyOf(types);
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return types;
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    return Planned.of(this::step).named("host");
  }

  private Step step(Binding memory) {
    Slot[] in = new Slot[memory.inputs()];
    for (int i = 0; i < in.length; i++) {
      in[i] = memory.input(i);
    }
    Slot[] out = new Slot[types.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = memory.output(i);
    }
    return (ws, par) -> call(in, out);
  }

  private void call(Slot[] in, Slot[] out) {
    List<TypedTensor> inputs = new ArrayList<>();
    for (Slot slot : in) {
      inputs.add(slot.typed() == null ? TypedTensor.of(slot.tensor()) : slot.typed());
    }
    List<TypedTensor> results = function.apply(inputs);
    if (results.size() != out.length) {
      throw new IllegalStateException(
          name + " must give " + out.length + " tensors, got " + results.size());
    }
    for (int i = 0; i < out.length; i++) {
      copy(results.get(i), i, out[i]);
    }
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // both arrays are of the element type's class
  private void copy(TypedTensor result, int i, Slot out) {
    ValueType type = new ValueType(result.type(), result.shape());
    if (!type.equals(types.get(i))) {
      throw new IllegalStateException(
          name + " must give " + types.get(i) + " as output " + i + ", got " + type);
    }
    if (out.typed() != null) {
      System.arraycopy(result.array(), 0, out.typed().array(), 0, result.size());
    } else {
      Tensor y = out.tensor();
      System.arraycopy(result.floats(), 0, y.array(), y.offset(), y.size());
    }
  }

  /** Its name. */
  @Override
  public String toString() {
    return "host " + name;
  }
}
