package io.lanewise.kernels.pool;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** {@link AdaptiveMaxPool} by {@link MaxLoops}. */
final class KernelAdaptiveMaxPool implements AdaptiveMaxPool {
  private final AdaptivePoolShape shape;
  private final Layout layout;
  private final MaxLoops loops;

  KernelAdaptiveMaxPool(AdaptivePoolShape shape, Layout layout, Target target) {
    this.shape = shape;
    this.layout = layout;
    this.loops = new MaxLoops(PoolGrid.of(shape, layout), target);
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
  public void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par) {
    loops.forward(x, y, indices, ws, par);
  }

  @Override
  public void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
    loops.backward(dy, indices, dx, par);
  }
}
