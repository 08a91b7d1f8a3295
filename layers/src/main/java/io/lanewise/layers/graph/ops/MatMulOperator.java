package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.MatMul;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * NumPy's matrix product and what is fused behind it: a, b, [bias, which is broadcast to y], then
 * an activation. By a constant matrix it is one product of all rows, with the matrix packed once.
 *
 * @param activation of product and bias
 */
public record MatMulOperator(Activation activation) implements GraphOp {
  @Override
  public String name() {
    return "matrix product with broadcasting";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 2, 3);
    Types.requireFloat(inputs, 0, "a");
    Types.requireFloat(inputs, 1, "b");
    Shape y = Arithmetic.matMulShape(inputs.get(0).shape(), inputs.get(1).shape());
    if (inputs.size() > 2) {
      Types.requireFloat(inputs, 2, "the bias");
      if (inputs.get(1).shape().rank() != 2 || inputs.get(0).shape().rank() < 2) {
        throw new IllegalArgumentException(
            "a bias is for products of rows by a matrix, got " + inputs);
      }
      Broadcasts.requireTo(inputs.get(2).shape(), y, "the bias");
    }
    return List.of(ValueType.floats(y));
  }

  @Override
  public List<String> backward() {
    return activation.kind() == Activation.Kind.IDENTITY
        ? List.of(name())
        : List.of(name(), ActivationOperator.title(activation));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    Shape a = inputs.get(0).shape();
    return 2L * outputs(inputs).get(0).shape().size() * a.dim(-1);
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Shape a = request.inputShape(0);
    Shape b = request.inputShape(1);
    boolean byMatrix =
        b.rank() == 2 && a.rank() >= 2 && (request.constant(1).isPresent() || a.rank() == 2);
    Optional<ActivationOp> ending = GemmSteps.ending(request, activation);
    Optional<Movement> start =
        request.inputs() > 2
            ? Optional.of(
                request.backend().movements().expand(request.inputShape(2), request.outputShape(0)))
            : Optional.empty();
    return byMatrix || start.isPresent() ? rows(request, start, ending) : general(request, ending);
  }

  /** All rows of a by the matrix b. */
  private static Kernel rows(
      PlanRequest request, Optional<Movement> start, Optional<ActivationOp> ending) {
    int k = request.inputShape(0).dim(-1);
    int n = request.inputShape(1).dim(-1);
    int m = 1;
    for (int i = 0; i < request.inputShape(0).rank() - 1; i++) {
      m *= request.inputShape(0).dim(i);
    }
    GemmShape shape = GemmShape.of(m, n, k).scaled(1, start.isPresent() ? 1 : 0);
    Gemm gemm = request.backend().gemm(shape);
    Optional<PackedWeights> b = request.constant(1).map(w -> GemmSteps.packB(request, gemm, w));
    Planned kernel =
        Planned.of(
                gemm.workspace(),
                memory ->
                    GemmSteps.around(
                        start,
                        GemmSteps.product(gemm, Optional.empty(), b, memory),
                        ending,
                        memory))
            .warmedBy(warm -> warm.add(gemm, b.isPresent()));
    return b.isPresent() ? kernel.notReading(1) : kernel;
  }

  private static Kernel general(PlanRequest request, Optional<ActivationOp> ending) {
    MatMul plan =
        request.backend().arithmetic().matMul(request.inputShape(0), request.inputShape(1));
    return Planned.of(
        plan.workspace(),
        memory ->
            GemmSteps.around(
                Optional.empty(), Steps.binary(memory, plan::forward), ending, memory));
  }

  /** Name and activation. */
  @Override
  public String toString() {
    return name() + ActivationOperator.behind(activation);
  }
}
