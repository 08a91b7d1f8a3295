package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.norm.LocalResponseNorm;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/**
 * Local response normalisation: x, in whatever layout it lies.
 *
 * @param within whether over neighbouring pixels of a channel, or else over neighbouring channels
 */
public record LrnOperator(Lrn lrn, boolean within) implements GraphOp {
  @Override
  public String name() {
    return within ? "local response norm within channels" : "local response norm across channels";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Shape x = Types.requireFloats(inputs, 1);
    if (within) {
      Normalisations.requireVolumes(x, name());
    } else {
      Normalisations.requireImages(x, name());
    }
    return List.of(ValueType.floats(x));
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
    return 2L * lrn.size() * inputs.get(0).shape().size();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Normalisations norms = request.backend().normalisations();
    Shape x = request.inputShape(0);
    Layout layout = request.inputLayout(0);
    LocalResponseNorm plan =
        within ? norms.lrnWithinChannel(x, layout, lrn) : norms.lrnAcrossChannels(x, layout, lrn);
    return Planned.of(plan.workspace(), memory -> Steps.unary(memory, plan::forward));
  }

  /** Name and constants. */
  @Override
  public String toString() {
    return name() + " " + lrn;
  }
}
