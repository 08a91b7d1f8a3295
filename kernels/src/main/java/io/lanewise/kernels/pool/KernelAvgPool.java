package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** {@link AvgPool} by {@link AverageLoops}. */
final class KernelAvgPool implements AvgPool {
  private final PoolShape shape;
  private final boolean countsPadding;
  private final Layout layout;
  private final AverageLoops loops;

  KernelAvgPool(PoolShape shape, boolean countsPadding, Layout layout, Target target) {
    this.shape = shape;
    this.countsPadding = countsPadding;
    this.layout = layout;
    this.loops = new AverageLoops(PoolGrid.of(shape, layout), countsPadding, target);
  }

  @Override
  public PoolShape shape() {
    return shape;
  }

  @Override
  public boolean countsPadding() {
    return countsPadding;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public WorkspaceSpec workspace() {
    return loops.workspace();
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    loops.forward(x, y, ws, par);
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    loops.backward(dy, dx, ws, par);
  }
}
