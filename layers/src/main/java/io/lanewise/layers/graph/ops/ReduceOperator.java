package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.AxisReduction;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;
import java.util.Locale;

/**
 * A reduction: x. With channels last it reads them where they lie if what is left of the axes is in
 * the same order either way.
 *
 * @param axes from 0, or from -1 backwards; none for all
 */
public record ReduceOperator(ReduceOp op, boolean keepDims, List<Integer> axes) implements GraphOp {
  /** Of axes. */
  public static ReduceOperator of(ReduceOp op, boolean keepDims, int... axes) {
    return new ReduceOperator(op, keepDims, Types.list(axes));
  }

  @Override
  public String name() {
    return op.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " over axes";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Shape x = Types.requireFloats(inputs, 1);
    return List.of(ValueType.floats(y(x, keepDims)));
  }

  private Shape y(Shape x, boolean keep) {
    return Arithmetic.reduced(x, Arithmetic.axes(x, Types.array(axes)), keep);
  }

  @Override
  public List<String> backward() {
    return List.of(name());
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    Shape x = inputs.get(0).shape();
    Layout layout = NodeLayouts.of(lying.get(0), inputs.get(0));
    if (keepDims) {
      return NodeLayouts.images(layout, 1, inputs, outputs(inputs));
    }
    return layout == Layout.CHANNELS_LAST && isOneOrder(y(x, true))
        ? new NodeLayouts(List.of(layout), List.of(Layout.CHANNELS_FIRST))
        : NodeLayouts.first(1, 1);
  }

  /** True if a tensor of this shape has its elements in one order in either layout. */
  private static boolean isOneOrder(Shape y) {
    return y.dim(1) == 1 || y.size() == y.dim(0) * y.dim(1);
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return inputs.get(0).shape().size();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Shape x = request.inputShape(0);
    Layout layout = request.inputLayout(0);
    boolean keep = keepDims || layout == Layout.CHANNELS_LAST;
    AxisReduction plan =
        request.backend().arithmetic().reduce(op, x, keep, layout, Types.array(axes));
    Shape y = y(x, keep);
    return Planned.of(
        plan.workspace(),
        memory -> {
          View out = new View(memory.output(0), y, layout);
          return Steps.unary(
              memory, (from, to, ws, par) -> plan.forward(from, out.tensor(), ws, par));
        });
  }

  /** Name and axes. */
  @Override
  public String toString() {
    return name() + " " + axes + (keepDims ? ", kept" : "");
  }
}
