package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.arithmetic.CumulativeSum;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/** A cumulative sum along an axis: x, in whatever layout it lies. */
public record CumulativeSumOperator(int axis, boolean exclusive, boolean reverse)
    implements GraphOp {
  @Override
  public String name() {
    return "cumulative sum";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.axis(Types.requireFloats(inputs, 1), axis);
    return List.of(inputs.get(0));
  }

  @Override
  public List<String> backward() {
    return List.of("cumulative sum");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Lying lying = Lying.of(request.inputShape(0), request.inputLayout(0));
    CumulativeSum plan =
        request
            .backend()
            .arithmetic()
            .cumulativeSum(lying.shape(), lying.axis(axis), exclusive, reverse);
    return Planned.of(
        memory -> {
          View x = new View(memory.input(0), lying.shape());
          View y = new View(memory.output(0), lying.shape());
          return (ws, par) -> plan.forward(x.tensor(), y.tensor(), par);
        });
  }

  /** Name and axis. */
  @Override
  public String toString() {
    return name() + " along axis " + axis;
  }
}
