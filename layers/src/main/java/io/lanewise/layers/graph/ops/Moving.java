package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.movement.Movement;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.Step;

/** A planned movement, between the shapes and layouts that its plan has. */
record Moving(Movement plan) implements Kernel {
  static Kernel of(Movement plan) {
    return new Moving(plan);
  }

  @Override
  public boolean isView() {
    return plan.isView();
  }

  @Override
  public Step bind(Binding memory) {
    View x = new View(memory.input(0), plan.x(), plan.xLayout());
    View y = new View(memory.output(0), plan.y(), plan.yLayout());
    return (ws, par) -> plan.forward(x.tensor(), y.tensor(), par);
  }
}
