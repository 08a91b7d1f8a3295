package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.Unary;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;
import java.util.Locale;

/**
 * A function of each element: x, in whatever layout it lies.
 *
 * @param op null for a clip
 * @param min least output of a clip
 * @param max greatest output of a clip
 */
public record UnaryOperator(UnaryOp op, float min, float max) implements GraphOp {
  /** A function without parameters. */
  public static UnaryOperator of(UnaryOp op) {
    return new UnaryOperator(op, 0, 0);
  }

  /** x between two bounds. */
  public static UnaryOperator clip(float min, float max) {
    Arithmetic.requireRange(min, max);
    return new UnaryOperator(null, min, max);
  }

  @Override
  public String name() {
    return op == null ? "clip" : op.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return List.of(ValueType.floats(Types.requireFloats(inputs, 1)));
  }

  @Override
  public List<String> backward() {
    return op == null || op.hasGradient() ? List.of(name()) : List.of();
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Arithmetic arithmetic = request.backend().arithmetic();
    Unary plan = op == null ? arithmetic.clip(min, max) : arithmetic.unary(op);
    return Planned.of(memory -> Steps.unary(memory, plan::forward)).overwriting(0);
  }

  /** Name, and a clip's bounds. */
  @Override
  public String toString() {
    return op == null ? "clip(" + min + "," + max + ")" : name();
  }
}
