package io.lanewise.kernels.norm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link Norm} of groups of channels, by {@link NormCore}. */
final class KernelNorm implements Norm {
  private final Shape shape;
  private final Layout layout;
  private final Shape parameters;
  private final Shape statistics;
  private final boolean centred;
  private final NormCore core;

  KernelNorm(Shape shape, Layout layout, Shape statistics, boolean centred, NormCore core) {
    this.shape = shape;
    this.layout = layout;
    this.parameters = Shape.of(shape.dim(1));
    this.statistics = statistics;
    this.centred = centred;
    this.core = core;
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
  public Shape parameters() {
    return parameters;
  }

  @Override
  public Shape statistics() {
    return statistics;
  }

  @Override
  public boolean isCentred() {
    return centred;
  }

  @Override
  public WorkspaceSpec workspace() {
    return core.workspace();
  }

  @Override
  public void forward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor y,
      Tensor mean,
      Tensor r,
      Workspace ws,
      Parallel par) {
    Norm.checkForward(this, x, gamma, beta, y, mean, r);
    core.forward(x, gamma, beta, null, y, mean, r, ws, par);
  }

  @Override
  public void backward(
      Tensor x,
      Tensor gamma,
      Tensor mean,
      Tensor r,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta,
      Workspace ws,
      Parallel par) {
    Norm.checkBackward(this, x, gamma, mean, r, dy, dx, dgamma, dbeta);
    core.backward(x, gamma, null, mean, r, dy, dx, dgamma, dbeta, ws, par);
  }
}
