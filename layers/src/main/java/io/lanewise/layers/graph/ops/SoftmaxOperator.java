package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.softmax.AxisSoftmax;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/**
 * Softmax along an axis: x, in whatever layout it lies.
 *
 * @param logarithm whether its logarithm is meant
 */
public record SoftmaxOperator(int axis, boolean logarithm) implements GraphOp {
  @Override
  public String name() {
    return (logarithm ? "log-softmax" : "softmax") + " along an axis";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.axis(Types.requireFloats(inputs, 1), axis);
    return List.of(inputs.get(0));
  }

  @Override
  public List<String> backward() {
    return List.of(name());
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 4L * inputs.get(0).shape().size();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Lying lying = Lying.of(request.inputShape(0), request.inputLayout(0));
    AxisSoftmax plan =
        logarithm
            ? request.backend().logSoftmax(lying.shape(), lying.axis(axis))
            : request.backend().softmax(lying.shape(), lying.axis(axis));
    return Planned.of(
            plan.workspace(),
            memory -> {
              View x = new View(memory.input(0), lying.shape());
              View y = new View(memory.output(0), lying.shape());
              return (ws, par) -> plan.forward(x.tensor(), y.tensor(), ws, par);
            })
        .overwriting(0);
  }

  /** Name and axis. */
  @Override
  public String toString() {
    return (logarithm ? "log-softmax" : "softmax") + " along axis " + axis;
  }
}
