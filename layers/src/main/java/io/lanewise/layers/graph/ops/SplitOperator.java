package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.movement.Split;
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
import java.util.Arrays;
import java.util.List;

/** A tensor cut along an axis: x, in whatever layout it lies; an output for each size. */
public record SplitOperator(int axis, List<Integer> sizes) implements GraphOp {
  /** Of sizes. */
  public static SplitOperator of(int axis, int... sizes) {
    return new SplitOperator(axis, Types.list(sizes));
  }

  @Override
  public String name() {
    return "split";
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Shape x = Types.requireFloats(inputs, 1);
    return Arrays.stream(Split.parts(x, axis, Types.array(sizes))).map(ValueType::floats).toList();
  }

  @Override
  public List<String> backward() {
    return List.of("split");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    return NodeLayouts.images(NodeLayouts.following(1, lying), 1, inputs, outputs(inputs));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 0;
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Split plan =
        request
            .backend()
            .movements()
            .in(request.inputLayout(0))
            .split(request.inputShape(0), axis, Types.array(sizes));
    return Planned.of(memory -> step(plan, memory));
  }

  private Step step(Split plan, Binding memory) {
    Slot x = memory.input(0);
    SlotTensors ys = new SlotTensors(sizes.size(), memory::output);
    return (ws, par) -> plan.forward(x.tensor(), ys, par);
  }

  /** Name, axis and sizes. */
  @Override
  public String toString() {
    return name() + " along axis " + axis + " into " + sizes;
  }
}
