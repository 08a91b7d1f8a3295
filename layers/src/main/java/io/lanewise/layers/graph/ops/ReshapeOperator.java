package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** The same elements under another shape: x of any element type. */
public record ReshapeOperator(Shape y) implements GraphOp {
  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 1, 1);
    Shape x = inputs.get(0).shape();
    if (x.size() != y.size()) {
      throw new IllegalArgumentException("cannot reshape " + x + " to " + y);
    }
    return List.of(new ValueType(inputs.get(0).type(), y));
  }

  @Override
  public List<String> backward() {
    return List.of("reshape");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    Shape x = inputs.get(0).shape();
    boolean last = NodeLayouts.of(lying.get(0), inputs.get(0)) == Layout.CHANNELS_LAST;
    boolean keeps = y.rank() > 2 && x.rank() > 2 && x.dim(0) == y.dim(0) && x.dim(1) == y.dim(1);
    return last && keeps
        ? new NodeLayouts(List.of(Layout.CHANNELS_LAST), List.of(Layout.CHANNELS_LAST))
        : NodeLayouts.first(1, 1);
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    if (!request.input(0).isFloat()) {
      return Copies.elements();
    }
    Movement plan =
        request
            .backend()
            .movements()
            .reshape(request.inputShape(0), request.inputLayout(0), y, request.outputLayout(0));
    return Moving.of(plan);
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return "reshape to " + y;
  }
}
