package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.Normalisations;
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
 * Batch normalisation in inference, then an activation: x, gamma, beta, mean, variance; x in
 * whatever layout it lies.
 */
public record BatchNormOperator(double epsilon, Activation activation) implements GraphOp {
  @Override
  public String name() {
    return "batch norm";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Shape x = Types.requireFloats(inputs, 5);
    Normalisations.requireImages(x, "batch norm");
    Normalisations.requireEpsilon(epsilon, 0);
    List<String> names = List.of("x", "gamma", "beta", "mean", "variance");
    for (int i = 1; i < names.size(); i++) {
      Types.requireShape(inputs, i, Shape.of(x.dim(1)), names.get(i));
    }
    return List.of(ValueType.floats(x));
  }

  @Override
  public List<String> backward() {
    return List.of("batch norm and ReLU, in inference");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public Kernel plan(PlanRequest request) {
    BatchNorm plan =
        request
            .backend()
            .normalisations()
            .batchNorm(request.inputShape(0), request.inputLayout(0), epsilon, activation);
    return Planned.of(plan.workspace(), memory -> step(plan, memory)).overwriting(0);
  }

  private static Step step(BatchNorm plan, Binding memory) {
    Slot x = memory.input(0);
    Slot gamma = memory.input(1);
    Slot beta = memory.input(2);
    Slot mean = memory.input(3);
    Slot variance = memory.input(4);
    Slot y = memory.output(0);
    return (ws, par) ->
        plan.infer(
            x.tensor(),
            gamma.tensor(),
            beta.tensor(),
            mean.tensor(),
            variance.tensor(),
            y.tensor(),
            ws,
            par);
  }

  /** Name, epsilon and activation. */
  @Override
  public String toString() {
    return name() + " epsilon=" + epsilon + ActivationOperator.behind(activation);
  }
}
