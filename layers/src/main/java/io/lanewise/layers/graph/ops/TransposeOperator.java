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

/**
 * Axes in another order, {@code y.dim(i) = x.dim(order[i])}: x, in whatever layout it lies. y's
 * channels are last where nothing moves then, and otherwise something would.
 */
public record TransposeOperator(List<Integer> order) implements GraphOp {
  /** Of an order. */
  public static TransposeOperator of(int... order) {
    return new TransposeOperator(Types.list(order));
  }

  /** True if every axis stays where it is. */
  public boolean isIdentity() {
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i) != i && order.get(i) != i - order.size()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String name() {
    return "transposition";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Shape x = Types.requireFloats(inputs, 1);
    int[] dims = new int[order.size()];
    boolean[] seen = new boolean[x.rank()];
    for (int i = 0; i < dims.length; i++) {
      int axis = Types.axis(x, order.get(i));
      if (seen[axis]) {
        throw new IllegalArgumentException("axes must be different, got " + order);
      }
      seen[axis] = true;
      dims[i] = x.dim(axis);
    }
    if (dims.length != x.rank()) {
      throw new IllegalArgumentException("there must be every axis of " + x + ", got " + order);
    }
    return List.of(ValueType.floats(Shape.of(dims)));
  }

  @Override
  public List<String> backward() {
    return List.of("transposition");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    Layout from = NodeLayouts.of(lying.get(0), inputs.get(0));
    Layout last = NodeLayouts.of(Layout.CHANNELS_LAST, inputs.get(0));
    Shape x = inputs.get(0).shape();
    boolean first = isStill(x, from, Layout.CHANNELS_FIRST) || !isStill(x, from, last);
    return new NodeLayouts(List.of(from), List.of(first ? Layout.CHANNELS_FIRST : last));
  }

  /** Axes of x as it lies, in the order of y's as they lie. */
  private int[] stored(Shape x, Layout from, Layout to) {
    int rank = x.rank();
    int[] stored = new int[rank];
    for (int i = 0; i < rank; i++) {
      int axis = Types.axis(x, order.get(i));
      int at = from == Layout.CHANNELS_LAST ? Types.storedAxis(axis, rank) : axis;
      stored[to == Layout.CHANNELS_LAST ? Types.storedAxis(i, rank) : i] = at;
    }
    return stored;
  }

  /** True if axes of more than one element keep their order. */
  private boolean isStill(Shape x, Layout from, Layout to) {
    Shape lying = Lying.of(x, from).shape();
    int before = -1;
    for (int axis : stored(x, from, to)) {
      if (lying.dim(axis) != 1) {
        if (axis < before) {
          return false;
        }
        before = axis;
      }
    }
    return true;
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Shape x = request.inputShape(0);
    Layout from = request.inputLayout(0);
    Layout to = request.outputLayout(0);
    Movement plan =
        request.backend().movements().permute(Lying.of(x, from).shape(), stored(x, from, to));
    return Moving.of(plan);
  }

  /** Name and order. */
  @Override
  public String toString() {
    return name() + " " + order;
  }
}
