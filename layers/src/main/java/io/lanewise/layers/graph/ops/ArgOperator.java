package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.arithmetic.ArgReduction;
import io.lanewise.kernels.arithmetic.Arithmetic;
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
 * Where the greatest or the least are, int64: x. Of channels alone it reads them last, too.
 *
 * @param greatest or else the least
 * @param last the last of equals, or else the first
 * @param axes from 0, or from -1 backwards; none for all
 */
public record ArgOperator(boolean greatest, boolean keepDims, boolean last, List<Integer> axes)
    implements GraphOp {
  /** Of axes. */
  public static ArgOperator of(boolean greatest, boolean keepDims, boolean last, int... axes) {
    return new ArgOperator(greatest, keepDims, last, Types.list(axes));
  }

  @Override
  public String name() {
    return (greatest ? "argmax" : "argmin") + " over axes";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Shape x = Types.requireFloats(inputs, 1);
    boolean[] reduced = Arithmetic.axes(x, Types.array(axes));
    Shape y = Arithmetic.reduced(x, reduced, keepDims);
    for (int i = 0; i < reduced.length; i++) {
      if (reduced[i] && x.dim(i) == 0 && y.size() > 0) {
        throw new IllegalArgumentException(
            "there is nothing to choose from along axis " + i + " of " + x);
      }
    }
    return List.of(ValueType.longs(y));
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return isOfChannels(inputs.get(0).shape())
        ? new NodeLayouts(
            List.of(NodeLayouts.of(lying.get(0), inputs.get(0))), List.of(Layout.CHANNELS_FIRST))
        : NodeLayouts.first(1, 1);
  }

  private boolean isOfChannels(Shape x) {
    return axes.size() == 1 && x.rank() > 2 && Types.axis(x, axes.get(0)) == 1;
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return inputs.get(0).shape().size();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Shape shape = request.inputShape(0);
    boolean stored = request.inputLayout(0) == Layout.CHANNELS_LAST;
    Shape x = stored ? Types.stored(shape) : shape;
    int[] along = stored ? new int[] {-1} : Types.array(axes);
    Arithmetic arithmetic = request.backend().arithmetic();
    ArgReduction plan =
        greatest
            ? arithmetic.argMax(x, false, last, along)
            : arithmetic.argMin(x, false, last, along);
    return Planned.of(plan.workspace(), memory -> step(plan, memory));
  }

  private static Step step(ArgReduction plan, Binding memory) {
    View x = new View(memory.input(0), plan.x());
    Slot y = memory.output(0);
    int[] indices = new int[plan.y().size()];
    return (ws, par) -> {
      plan.run(x.tensor(), indices, ws, par);
      Casts.widen(indices, y.typed().longs());
    };
  }

  /** Name and axes. */
  @Override
  public String toString() {
    return name() + " " + axes + (keepDims ? ", kept" : "");
  }
}
