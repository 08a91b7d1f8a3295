package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * Transposed convolution and what is fused behind it: x, w, [bias, [residual of y's shape]], then
 * an activation. Channels last.
 *
 * @param activation of the sum of convolution, bias and residual
 */
public record TransposedConvOperator(TransposedConvShape shape, Activation activation)
    implements GraphOp {
  @Override
  public String name() {
    return "transposed convolution";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 2, ConvOperator.RESIDUAL + 1);
    Types.requireShape(inputs, 0, shape.x(), "x");
    Types.requireShape(inputs, 1, shape.w(), "w");
    if (inputs.size() > 2) {
      Types.requireShape(inputs, 2, shape.bias(), "bias");
    }
    if (inputs.size() > ConvOperator.RESIDUAL) {
      Types.requireShape(inputs, ConvOperator.RESIDUAL, shape.y(), "the residual");
    }
    return List.of(ValueType.floats(shape.y()));
  }

  @Override
  public List<String> backward() {
    return activation.kind() == Activation.Kind.IDENTITY
        ? List.of(name())
        : List.of(name(), ActivationOperator.title(activation));
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return ConvOperator.withResidual(inputs, outputs(inputs));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return shape.flops();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    TransposedConvForward plan =
        request
            .backend()
            .transposedConvForward(shape, request.convOptions(request.outputLayout(0)));
    Optional<PackedWeights> packed =
        request.constant(1).map(w -> request.pack(w, name(), plan::newWeights, plan::pack));
    Planned kernel =
        Planned.of(plan.workspace(), memory -> step(plan, packed, memory)).named(plan.algorithm());
    return packed.isPresent() ? kernel.notReading(1) : kernel;
  }

  private Step step(TransposedConvForward plan, Optional<PackedWeights> packed, Binding memory) {
    Slot x = memory.input(0);
    Slot y = memory.output(0);
    Slot residual = memory.inputOrNull(ConvOperator.RESIDUAL);
    Ending ending = new Ending(memory.inputOrNull(2), residual, activation);
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

  /** Name, shape and activation. */
  @Override
  public String toString() {
    return name() + " " + shape + ActivationOperator.behind(activation);
  }
}
