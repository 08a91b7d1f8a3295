package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.movement.Gather;
import io.lanewise.kernels.movement.Movements;
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
 * Elements picked by number: x, indices (int32 or int64). Along spatial axes and channels it reads
 * them last, too, if one axis of indices takes the place of another.
 *
 * @param parameter the axis, or how many batch axes
 */
public record GatherOperator(Kind kind, int parameter) implements GraphOp {
  /** What an index names. */
  public enum Kind {
    /** A slice of an axis. */
    SLICES("gather"),
    /** An element along an axis. */
    ELEMENTS("gather of elements"),
    /** A slice, several indices together. */
    TUPLES("gather by tuples");

    private final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  /** Slices of an axis. */
  public static GatherOperator slices(int axis) {
    return new GatherOperator(Kind.SLICES, axis);
  }

  /** Elements along an axis. */
  public static GatherOperator elements(int axis) {
    return new GatherOperator(Kind.ELEMENTS, axis);
  }

  /** Slices by tuples. */
  public static GatherOperator tuples(int batchAxes) {
    return new GatherOperator(Kind.TUPLES, batchAxes);
  }

  @Override
  public String name() {
    return kind.title;
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 2, 2);
    Types.requireFloat(inputs, 0, "x");
    Shape x = inputs.get(0).shape();
    Shape indices = Types.requireIndices(inputs, 1);
    return List.of(
        ValueType.floats(
            switch (kind) {
              case SLICES -> Gather.along(x, parameter, indices);
              case ELEMENTS -> {
                Gather.elementsAxis(x, parameter, indices);
                yield indices;
              }
              case TUPLES -> Gather.nd(x, indices, parameter);
            }));
  }

  @Override
  public List<String> backward() {
    return List.of(name());
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    boolean any = kind == Kind.SLICES && inputs.get(1).shape().rank() == 1;
    Layout layout = any ? NodeLayouts.following(1, lying) : Layout.CHANNELS_FIRST;
    return NodeLayouts.images(layout, 1, inputs, outputs(inputs));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Movements movements = request.backend().movements().in(request.inputLayout(0));
    Shape x = request.inputShape(0);
    Shape indices = request.inputShape(1);
    Gather plan =
        switch (kind) {
          case SLICES -> movements.gather(x, parameter, indices);
          case ELEMENTS -> movements.gatherElements(x, parameter, indices);
          case TUPLES -> movements.gatherNd(x, indices, parameter);
        };
    return Planned.of(memory -> step(plan, memory));
  }

  private static Step step(Gather plan, Binding memory) {
    Slot x = memory.input(0);
    IndexView indices = new IndexView(memory.input(1));
    Slot y = memory.output(0);
    return (ws, par) -> plan.forward(x.tensor(), indices.indices(), y.tensor(), par);
  }

  /** Name and axis. */
  @Override
  public String toString() {
    return name() + (kind == Kind.TUPLES ? "" : " along axis " + parameter);
  }
}
