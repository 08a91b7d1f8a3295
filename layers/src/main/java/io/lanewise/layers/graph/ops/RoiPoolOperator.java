package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.resample.RoiPool;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** The greatest pixels of regions: x, regions, images (int32 or int64). */
public record RoiPoolOperator(RoiShape shape) implements GraphOp {
  @Override
  public String name() {
    return "ROI pool";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 3, 3);
    Types.requireShape(inputs, 0, shape.x(), "x");
    Types.requireShape(inputs, 1, shape.regions(), "the regions");
    Shape images = Types.requireIndices(inputs, 2);
    if (images.size() != shape.rois()) {
      throw new IllegalArgumentException(
          "there must be an image for each of " + shape.rois() + " regions, got shape " + images);
    }
    return List.of(ValueType.floats(shape.y()));
  }

  @Override
  public List<String> backward() {
    return List.of("ROI pool");
  }

  @Override
  public Kernel plan(PlanRequest request) {
    RoiPool plan = request.backend().resampling().roiPool(shape);
    return Planned.of(memory -> step(plan, memory));
  }

  private Step step(RoiPool plan, Binding memory) {
    Slot x = memory.input(0);
    Slot regions = memory.input(1);
    Regions images = new Regions(memory.input(2), shape.rois());
    Slot y = memory.output(0);
    int[] places = new int[shape.y().size()];
    return (ws, par) ->
        plan.forward(x.tensor(), regions.tensor(), images.images(), y.tensor(), places, par);
  }

  /** Name and bins. */
  @Override
  public String toString() {
    return name() + " " + shape;
  }
}
