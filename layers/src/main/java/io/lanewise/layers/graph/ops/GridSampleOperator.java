package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.resample.GridSample;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** Images read at positions that are data: x, grid. */
public record GridSampleOperator(GridSampleShape shape) implements GraphOp {
  @Override
  public String name() {
    return "grid sample";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 2, 2);
    Types.requireShape(inputs, 0, shape.x(), "x");
    Types.requireShape(inputs, 1, shape.grid(), "the grid");
    return List.of(ValueType.floats(shape.y()));
  }

  @Override
  public List<String> backward() {
    return List.of("grid sample");
  }

  @Override
  public Kernel plan(PlanRequest request) {
    GridSample plan = request.backend().resampling().gridSample(shape);
    return Planned.of(plan.workspace(), memory -> Steps.binary(memory, plan::forward));
  }

  /** Name and shapes. */
  @Override
  public String toString() {
    return name() + " " + shape.x() + " at " + shape.grid();
  }
}
