package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.ValueType;
import java.util.ArrayList;
import java.util.List;

/** What operations with NumPy's broadcasting share. */
final class Broadcasts {
  private Broadcasts() {}

  static void requireTo(Shape x, Shape y, String name) {
    if (!Arithmetic.broadcast(x, y).equals(y)) {
      throw new IllegalArgumentException(name + " must broadcast to " + y + ", got " + x);
    }
  }

  /** Operands from {@code first} on follow the result, as soon as one lies channels last. */
  static NodeLayouts layouts(List<ValueType> inputs, ValueType y, List<Layout> lying) {
    int rank = y.shape().rank();
    boolean last = false;
    for (int i = 0; i < inputs.size(); i++) {
      last |= lying.get(i) == Layout.CHANNELS_LAST && inputs.get(i).shape().rank() == rank;
    }
    Layout layout = NodeLayouts.of(last ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST, y);
    List<Layout> in = new ArrayList<>();
    for (ValueType t : inputs) {
      boolean follows = t.shape().rank() == rank;
      in.add(follows ? NodeLayouts.of(layout, t) : Layout.CHANNELS_FIRST);
    }
    return new NodeLayouts(in, List.of(layout));
  }

  /** An operand's shape with as many axes as the result, where channels are last. */
  static Shape aligned(Shape x, Shape y, Layout layout) {
    if (layout == Layout.CHANNELS_FIRST || x.rank() == y.rank()) {
      return x;
    }
    int[] dims = new int[y.rank()];
    for (int i = 0; i < dims.length; i++) {
      int from = i - (y.rank() - x.rank());
      dims[i] = from < 0 ? 1 : x.dim(from);
    }
    return Shape.of(dims);
  }

  /** The operand as a kernel takes it. */
  static View view(Slot slot, Shape aligned, Layout layout) {
    return new View(slot, aligned, layout);
  }
}
