package io.lanewise.kernels.norm;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link LengthNorm} by {@link NormCore}: each vector is a cell, and a group. */
final class KernelLengthNorm implements LengthNorm {
  private final Shape shape;
  private final Layout layout;
  private final int axis;
  private final Shape statistics;
  private final NormCore core;

  KernelLengthNorm(Shape shape, Layout layout, int axis, NormRule rule, Target target) {
    this.shape = shape;
    this.layout = layout;
    this.axis = axis;
    this.statistics = NormShapes.without(shape, axis);
    int length = shape.dim(axis);
    int inner = NormShapes.inside(shape, layout, axis);
    int outer = shape.size() == 0 ? 0 : shape.size() / length / inner;
    Activation none = Activation.identity();
    // Side by side along the axis itself, or across it.
    this.core =
        inner == 1
            ? new NormCore(outer, 1, length, false, 1, rule, none, target)
            : new NormCore(outer, inner, length, true, inner, rule, none, target);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public int axis() {
    return axis;
  }

  @Override
  public Shape statistics() {
    return statistics;
  }

  @Override
  public WorkspaceSpec workspace() {
    return core.workspace();
  }

  @Override
  public void forward(Tensor x, Tensor y, Tensor r, Workspace ws, Parallel par) {
    LengthNorm.checkForward(this, x, y, r);
    core.forward(x, null, null, null, y, null, r, ws, par);
  }

  @Override
  public void backward(Tensor x, Tensor r, Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    LengthNorm.checkBackward(this, x, r, dy, dx);
    core.backward(x, null, null, null, r, dy, dx, null, null, ws, par);
  }
}
