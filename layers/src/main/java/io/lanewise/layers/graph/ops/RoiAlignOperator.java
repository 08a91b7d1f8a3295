package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.resample.RoiAlign;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** Regions of images by bilinear samples: x, regions, images (int32 or int64). */
public record RoiAlignOperator(RoiAlignShape shape) implements GraphOp {
  @Override
  public String name() {
    return shape.max() ? "ROI align, max" : "ROI align, average";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 3, 3);
    Types.requireShape(inputs, 0, shape.roi().x(), "x");
    Types.requireShape(inputs, 1, shape.roi().regions(), "the regions");
    Shape images = Types.requireIndices(inputs, 2);
    if (images.size() != shape.roi().rois()) {
      throw new IllegalArgumentException(
          "there must be an image for each of "
              + shape.roi().rois()
              + " regions, got shape "
              + images);
    }
    return List.of(ValueType.floats(shape.roi().y()));
  }

  @Override
  public List<String> backward() {
    return List.of(name());
  }

  @Override
  public Kernel plan(PlanRequest request) {
    RoiAlign plan = request.backend().resampling().roiAlign(shape);
    return Planned.of(plan.workspace(), memory -> step(plan, memory));
  }

  private Step step(RoiAlign plan, Binding memory) {
    Slot x = memory.input(0);
    Slot regions = memory.input(1);
    Regions images = new Regions(memory.input(2), shape.roi().rois());
    Slot y = memory.output(0);
    return (ws, par) ->
        plan.forward(x.tensor(), regions.tensor(), images.images(), y.tensor(), ws, par);
  }

  /** Name and bins. */
  @Override
  public String toString() {
    return name() + " " + shape.roi();
  }
}
