package io.lanewise.kernels.norm;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link BatchNorm} by {@link NormCore}. */
final class KernelBatchNorm implements BatchNorm {
  private final Shape shape;
  private final Layout layout;
  private final double epsilon;
  private final Activation activation;
  private final NormCore core;

  KernelBatchNorm(
      Shape shape, Layout layout, double epsilon, Activation activation, NormCore core) {
    this.shape = shape;
    this.layout = layout;
    this.epsilon = epsilon;
    this.activation = activation;
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
  public double epsilon() {
    return epsilon;
  }

  @Override
  public Activation activation() {
    return activation;
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
      RunningStatistics running,
      Tensor y,
      Tensor mean,
      Tensor r,
      Workspace ws,
      Parallel par) {
    BatchNorm.checkForward(this, x, gamma, beta, running, y, mean, r);
    core.forward(x, gamma, beta, running, y, mean, r, ws, par);
  }

  @Override
  public void infer(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
      Tensor y,
      Workspace ws,
      Parallel par) {
    BatchNorm.checkInfer(this, x, gamma, beta, mean, variance, y);
    core.infer(x, gamma, beta, mean, variance, y, ws, par);
  }

  @Override
  public void backward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor r,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta,
      Workspace ws,
      Parallel par) {
    BatchNorm.checkBackward(this, x, gamma, beta, mean, r, dy, dx, dgamma, dbeta);
    core.backward(x, gamma, beta, mean, r, dy, dx, dgamma, dbeta, ws, par);
  }

  @Override
  public void inferBackward(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta,
      Workspace ws,
      Parallel par) {
    BatchNorm.checkInferBackward(this, x, gamma, beta, mean, variance, dy, dx, dgamma, dbeta);
    core.inferBackward(x, gamma, beta, mean, variance, dy, dx, dgamma, dbeta, ws, par);
  }
}
