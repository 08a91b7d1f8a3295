package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.resample.AffineGrid;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** The positions that an affine map reads: theta. */
public record AffineGridOperator(Shape grid, boolean alignCorners) implements GraphOp {
  @Override
  public String name() {
    return "affine grid";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    AffineGrid.requireGrid(grid);
    int axes = grid.dim(-1);
    Types.requireCount(inputs, 1, 1);
    Types.requireShape(inputs, 0, Shape.of(grid.dim(0), axes, axes + 1), "theta");
    return List.of(ValueType.floats(grid));
  }

  @Override
  public List<String> backward() {
    return List.of("affine grid");
  }

  @Override
  public Kernel plan(PlanRequest request) {
    AffineGrid plan = request.backend().resampling().affineGrid(grid, alignCorners);
    return Planned.of(memory -> Steps.unary(memory, plan::forward));
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return name() + " " + grid;
  }
}
