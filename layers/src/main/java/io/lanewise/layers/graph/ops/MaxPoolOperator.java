package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/**
 * Max pooling: x, in whatever layout it lies, but for places, which are numbers of channels-first
 * elements.
 *
 * @param withIndices whether there is a second output, int64: where each greatest was found
 * @param wholeTensor whether these numbers count through all of x, or else through its channel
 */
public record MaxPoolOperator(PoolShape shape, boolean withIndices, boolean wholeTensor)
    implements GraphOp {
  @Override
  public String name() {
    return "max pooling";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 1, 1);
    Types.requireShape(inputs, 0, shape.x(), "x");
    ValueType y = ValueType.floats(shape.y());
    return withIndices ? List.of(y, ValueType.longs(shape.y())) : List.of(y);
  }

  @Override
  public List<String> backward() {
    return List.of("max pooling");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    Layout layout = withIndices ? Layout.CHANNELS_FIRST : NodeLayouts.following(1, lying);
    return NodeLayouts.images(layout, 1, inputs, outputs(inputs));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return shape.y().size() * shape.area();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    MaxPool plan = request.backend().pooling().max(shape, request.inputLayout(0));
    return Planned.of(
            plan.workspace(),
            memory ->
                withIndices
                    ? places(plan, memory)
                    : Steps.unary(memory, (x, y, ws, par) -> plan.forward(x, y, null, ws, par)))
        .warmedBy(warm -> warm.add(plan, withIndices));
  }

  private Step places(MaxPool plan, Binding memory) {
    Slot x = memory.input(0);
    Slot y = memory.output(0);
    Slot indices = memory.output(1);
    int[] places = new int[shape.y().size()];
    int plane = plane(shape.y());
    long step = wholeTensor ? plane(shape.x()) : 0;
    return (ws, par) -> {
      plan.forward(x.tensor(), y.tensor(), places, ws, par);
      long[] out = indices.typed().longs();
      for (int i = 0; i < places.length; i++) {
        out[i] = places[i] + (places[i] < 0 ? 0 : i / plane * step);
      }
    };
  }

  /** Elements of a channel. */
  static int plane(Shape shape) {
    int channels = shape.dim(0) * shape.dim(1);
    return channels == 0 ? 1 : shape.size() / channels;
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return name() + " " + shape + (withIndices ? ", with places" : "");
  }
}
