package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.ValueType;
import java.util.List;

/**
 * Elements that only move: x.
 *
 * @param move which way
 * @param anyLayout whether it works on any layout, or else on channels first alone
 */
public record MoveOperator(Move move, boolean anyLayout) implements GraphOp {
  /** A movement's parameters; equal if they move alike. */
  public interface Move {
    /** The catalogue's name. */
    String name();

    /** The shape that comes out. */
    Shape shape(Shape x);

    /** True if nothing moves, where the shape that comes out is x's. */
    default boolean isIdentity(Shape x) {
      return false;
    }

    /** The plan. */
    Movement plan(Movements movements, Shape x);
  }

  @Override
  public String name() {
    return move.name();
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return List.of(ValueType.floats(move.shape(Types.requireFloats(inputs, 1))));
  }

  @Override
  public List<String> backward() {
    return List.of(name());
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    Layout layout = anyLayout ? NodeLayouts.following(1, lying) : Layout.CHANNELS_FIRST;
    List<ValueType> outputs = outputs(inputs);
    return inputs.get(0).shape().rank() == outputs.get(0).shape().rank()
        ? NodeLayouts.images(layout, 1, inputs, outputs)
        : NodeLayouts.first(1, 1);
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Movement plan =
        move.plan(request.backend().movements().in(request.inputLayout(0)), request.inputShape(0));
    return Moving.of(plan);
  }

  /** What moves how. */
  @Override
  public String toString() {
    return move.toString();
  }
}
