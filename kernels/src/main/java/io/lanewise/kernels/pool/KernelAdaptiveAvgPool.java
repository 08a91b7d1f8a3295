package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** {@link AdaptiveAvgPool} by {@link AverageLoops}. */
final class KernelAdaptiveAvgPool implements AdaptiveAvgPool {
  private final AdaptivePoolShape shape;
  private final Layout layout;
  private final AverageLoops loops;

  KernelAdaptiveAvgPool(AdaptivePoolShape shape, Layout layout, Target target) {
    this.shape = shape;
    this.layout = layout;
    this.loops = new AverageLoops(PoolGrid.of(shape, layout), false, target);
  }

  @Override
  public AdaptivePoolShape shape() {
    return shape;
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
