package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;

/** Floats as they are: a view, unless they must lie elsewhere. */
enum FloatCopy implements Kernel {
  /** The only one. */
  INSTANCE;

  @Override
  public boolean isView() {
    return true;
  }

  @Override
  public Step bind(Binding memory) {
    Slot x = memory.input(0);
    Slot y = memory.output(0);
    return (ws, par) -> {
      Tensor from = x.tensor();
      Tensor to = y.tensor();
      System.arraycopy(from.array(), from.offset(), to.array(), to.offset(), to.size());
    };
  }
}
