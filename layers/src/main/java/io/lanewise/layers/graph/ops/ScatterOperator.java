package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.movement.Gather;
import io.lanewise.kernels.movement.Scatter;
import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import java.util.List;
import java.util.Locale;

/**
 * A copy in which elements are changed by number: x, indices (int32 or int64), updates.
 *
 * @param axis along which single elements lie; null for slices by tuples
 */
public record ScatterOperator(Integer axis, ScatterMode mode) implements GraphOp {
  /** Single elements along an axis. */
  public static ScatterOperator elements(int axis, ScatterMode mode) {
    return new ScatterOperator(axis, mode);
  }

  /** Slices by tuples. */
  public static ScatterOperator tuples(ScatterMode mode) {
    return new ScatterOperator(null, mode);
  }

  @Override
  public String name() {
    String kind = axis == null ? "scatter by tuples, " : "scatter of elements, ";
    return kind + mode.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 3, 3);
    Types.requireFloat(inputs, 0, "x");
    Shape x = inputs.get(0).shape();
    Shape indices = Types.requireIndices(inputs, 1);
    if (axis != null) {
      Gather.elementsAxis(x, axis, indices);
    }
    Shape updates = axis == null ? Gather.nd(x, indices, 0) : indices;
    Types.requireShape(inputs, 2, updates, "updates");
    return List.of(inputs.get(0));
  }

  @Override
  public List<String> backward() {
    return mode == ScatterMode.NONE || mode == ScatterMode.ADD ? List.of(name()) : List.of();
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Shape x = request.inputShape(0);
    Shape indices = request.inputShape(1);
    Scatter plan =
        axis == null
            ? request.backend().movements().scatterNd(x, indices, mode)
            : request.backend().movements().scatterElements(x, axis, indices, mode);
    return Planned.of(memory -> step(plan, memory)).overwriting(0);
  }

  private static Step step(Scatter plan, Binding memory) {
    Slot x = memory.input(0);
    IndexView indices = new IndexView(memory.input(1));
    Slot updates = memory.input(2);
    Slot y = memory.output(0);
    return (ws, par) ->
        plan.forward(x.tensor(), indices.indices(), updates.tensor(), y.tensor(), par);
  }

  /** Name and axis. */
  @Override
  public String toString() {
    return name() + (axis == null ? "" : " along axis " + axis);
  }
}
