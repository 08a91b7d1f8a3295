package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Convolution and what is fused behind it: x, w, [bias, [residual of y's shape]], then an
 * activation. Channels last, as convolutions compute.
 *
 * @param activation of the sum of convolution, bias and residual
 */
public record ConvOperator(ConvShape shape, Activation activation) implements GraphOp {
  static final int RESIDUAL = 3;

  /** As what weights are packed. */
  static final String NAME = "convolution";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 2, RESIDUAL + 1);
    Types.requireShape(inputs, 0, shape.x(), "x");
    Types.requireShape(inputs, 1, shape.w(), "w");
    if (inputs.size() > 2) {
      Types.requireShape(inputs, 2, shape.bias(), "bias");
    }
    if (inputs.size() > RESIDUAL) {
      Types.requireShape(inputs, RESIDUAL, shape.y(), "the residual");
    }
    return List.of(ValueType.floats(shape.y()));
  }

  @Override
  public List<String> backward() {
    return activation.kind() == Activation.Kind.IDENTITY
        ? List.of("convolution")
        : List.of("convolution", ActivationOperator.title(activation));
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return withResidual(inputs, outputs(inputs));
  }

  static NodeLayouts withResidual(List<ValueType> inputs, List<ValueType> outputs) {
    List<Layout> layouts =
        new ArrayList<>(NodeLayouts.images(Layout.CHANNELS_LAST, 1, inputs, outputs).inputs());
    if (inputs.size() > RESIDUAL) {
      layouts.set(RESIDUAL, Layout.CHANNELS_LAST);
    }
    return new NodeLayouts(layouts, List.of(Layout.CHANNELS_LAST));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return shape.flops();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    ConvForward plan =
        request.backend().convForward(shape, request.convOptions(request.outputLayout(0)));
    Optional<PackedWeights> packed =
        request.constant(1).map(w -> request.pack(w, name(), plan::newWeights, plan::pack));
    Planned kernel =
        Planned.of(plan.workspace(), memory -> step(plan, packed, memory))
            .named(plan.algorithm())
            .warmedBy(warm -> warm.add(plan, activation, request.inputs() > RESIDUAL))
            .overwriting(RESIDUAL);
    return packed.isPresent() ? kernel.notReading(1) : kernel;
  }

  private Step step(ConvForward plan, Optional<PackedWeights> packed, Binding memory) {
    Slot x = memory.input(0);
    Slot y = memory.output(0);
    Ending ending = new Ending(memory.inputOrNull(2), memory.inputOrNull(RESIDUAL), activation);
    if (packed.isPresent()) {
      PackedWeights weights = packed.get();
      return (ws, par) -> plan.run(x.tensor(), weights, ending.epilogue(), y.tensor(), ws, par);
    }
    Slot w = memory.input(1);
    PackedWeights weights = plan.newWeights();
    return (ws, par) -> {
      plan.pack(w.tensor(), weights);
      plan.run(x.tensor(), weights, ending.epilogue(), y.tensor(), ws, par);
    };
  }

  /** Such as {@code convolution n1 ic3 ih224 oc64 kh7 s2 p3, relu}. */
  @Override
  public String toString() {
    return "convolution " + shape + ActivationOperator.behind(activation);
  }
}
