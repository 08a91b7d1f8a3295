package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.Value;
import java.util.Optional;

/** A matrix product's step, for each combination of packed operands. */
final class GemmSteps {
  private GemmSteps() {}

  /** What beside a plan's layout tells how an operand is packed. */
  private record Operand(boolean left, boolean transposed, float alpha) {}

  static PackedWeights packA(PlanRequest request, Gemm gemm, Value a) {
    Operand operand = new Operand(true, gemm.shape().transposeA(), gemm.shape().alpha());
    return request.pack(a, operand, gemm::packA);
  }

  static PackedWeights packB(PlanRequest request, Gemm gemm, Value b) {
    return request.pack(b, new Operand(false, gemm.shape().transposeB(), 1), gemm::packB);
  }

  /** Of the node's first two inputs, under the plan's shapes. */
  static Step product(
      Gemm gemm, Optional<PackedWeights> a, Optional<PackedWeights> b, Binding memory) {
    View c = new View(memory.output(0), gemm.shape().c());
    PackedWeights packedA = a.orElse(null);
    PackedWeights packedB = b.orElse(null);
    View x = packedA == null ? new View(memory.input(0), gemm.shape().a()) : null;
    View w = packedB == null ? new View(memory.input(1), gemm.shape().b()) : null;
    if (packedA != null && packedB != null) {
      return (ws, par) -> gemm.run(packedA, packedB, c.tensor(), ws, par);
    }
    if (packedB != null) {
      return (ws, par) -> gemm.run(x.tensor(), packedB, c.tensor(), ws, par);
    }
    if (packedA != null) {
      return (ws, par) -> gemm.run(packedA, w.tensor(), c.tensor(), ws, par);
    }
    return (ws, par) -> gemm.run(x.tensor(), w.tensor(), c.tensor(), ws, par);
  }

  static Optional<ActivationOp> ending(PlanRequest request, Activation activation) {
    return activation.kind() == Activation.Kind.IDENTITY
        ? Optional.empty()
        : Optional.of(request.backend().activation(activation));
  }

  /** A product that adds to what {@code start} makes of the third input, and what follows it. */
  static Step around(
      Optional<Movement> start, Step product, Optional<ActivationOp> ending, Binding memory) {
    if (start.isEmpty() && ending.isEmpty()) {
      return product;
    }
    Slot c = memory.inputOrNull(2);
    Slot y = memory.output(0);
    Movement fill = start.orElse(null);
    ActivationOp f = ending.orElse(null);
    return (ws, par) -> {
      if (fill != null) {
        fill.forward(c.tensor(), y.tensor(), par);
      }
      product.run(ws, par);
      if (f != null) {
        f.forward(y.tensor(), y.tensor(), par);
      }
    };
  }
}
