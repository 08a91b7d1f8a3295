package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;

/** Steps of the usual forms of plans. */
final class Steps {
  private Steps() {}

  /** From x to y. */
  interface One {
    void run(Tensor x, Tensor y, Parallel par);
  }

  /** From x to y, with scratch memory. */
  interface OneScratch {
    void run(Tensor x, Tensor y, Workspace ws, Parallel par);
  }

  /** From a and b to y, with scratch memory. */
  interface TwoScratch {
    void run(Tensor a, Tensor b, Tensor y, Workspace ws, Parallel par);
  }

  static Step unary(Binding memory, One plan) {
    Slot x = memory.input(0);
    Slot y = memory.output(0);
    return (ws, par) -> plan.run(x.tensor(), y.tensor(), par);
  }

  static Step unary(Binding memory, OneScratch plan) {
    Slot x = memory.input(0);
    Slot y = memory.output(0);
    return (ws, par) -> plan.run(x.tensor(), y.tensor(), ws, par);
  }

  static Step binary(Binding memory, TwoScratch plan) {
    Slot a = memory.input(0);
    Slot b = memory.input(1);
    Slot y = memory.output(0);
    return (ws, par) -> plan.run(a.tensor(), b.tensor(), y.tensor(), ws, par);
  }
}
