package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
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
 * {@code f(alpha · op(A) · op(B) + beta · C)}: a, b, [c broadcast to [m][n]]. Operands that are
 * constants are packed once; each sum starts from {@code beta · c}.
 *
 * @param activation f
 */
public record GemmOperator(
    boolean transposeA, boolean transposeB, float alpha, float beta, Activation activation)
    implements GraphOp {
  @Override
  public String name() {
    return "matrix product";
  }

  private GemmShape shape(List<ValueType> inputs) {
    Types.requireCount(inputs, 2, 3);
    Types.requireFloat(inputs, 0, "a");
    Types.requireFloat(inputs, 1, "b");
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    if (a.rank() != 2 || b.rank() != 2) {
      throw new IllegalArgumentException("a and b must be matrices, got " + a + " and " + b);
    }
    int k = a.dim(transposeA ? 0 : 1);
    if (k != b.dim(transposeB ? 1 : 0)) {
      throw new IllegalArgumentException("the inner sizes must be equal, got " + a + " and " + b);
    }
    return new GemmShape(
        a.dim(transposeA ? 1 : 0),
        b.dim(transposeB ? 0 : 1),
        k,
        transposeA,
        transposeB,
        alpha,
        inputs.size() > 2 ? beta : 0,
        1);
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    GemmShape s = shape(inputs);
    if (inputs.size() > 2) {
      Types.requireFloat(inputs, 2, "c");
      Broadcasts.requireTo(inputs.get(2).shape(), s.c(), "c");
    }
    return List.of(ValueType.floats(s.c()));
  }

  @Override
  public List<String> backward() {
    String product = transposeB && !transposeA ? "linear" : "matrix product with broadcasting";
    return activation.kind() == Activation.Kind.IDENTITY
        ? List.of(product)
        : List.of(product, ActivationOperator.title(activation));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return shape(inputs).flops();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    GemmShape shape = shape(request.inputTypes());
    return plan(request, shape, request.inputs() > 2 && shape.accumulate());
  }

  private Kernel plan(PlanRequest request, GemmShape shape, boolean adds) {
    Gemm gemm = request.backend().gemm(shape);
    Optional<PackedWeights> a = request.constant(0).map(w -> GemmSteps.packA(request, gemm, w));
    Optional<PackedWeights> b = request.constant(1).map(w -> GemmSteps.packB(request, gemm, w));
    Optional<Movement> start =
        adds
            ? Optional.of(request.backend().movements().expand(request.inputShape(2), shape.c()))
            : Optional.empty();
    Optional<ActivationOp> ending = GemmSteps.ending(request, activation);
    Planned kernel =
        Planned.of(
                gemm.workspace(),
                memory ->
                    GemmSteps.around(start, GemmSteps.product(gemm, a, b, memory), ending, memory))
            .warmedBy(warm -> warm.add(gemm, b.isPresent()));
    kernel = a.isPresent() ? kernel.notReading(0) : kernel;
    return b.isPresent() ? kernel.notReading(1) : kernel;
  }

  /** Name, what is transposed, factors and activation. */
  @Override
  public String toString() {
    return "matrix product"
        + (transposeA ? " ta" : "")
        + (transposeB ? " tb" : "")
        + (alpha == 1 ? "" : " alpha=" + alpha)
        + (beta == 1 ? "" : " beta=" + beta)
        + ActivationOperator.behind(activation);
  }
}
