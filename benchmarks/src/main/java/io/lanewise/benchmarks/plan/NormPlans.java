package io.lanewise.benchmarks.plan;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.LocalResponseNorm;
import io.lanewise.kernels.norm.Norm;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Normalisations by {@link NormOperands}. */
final class NormPlans {
  private NormPlans() {}

  static Planned of(Backend backend, Task task, Layout layout, int threads) {
    Normalisations plans = backend.normalisations();
    Shape s = task.sizes();
    double epsilon = NormOperands.EPSILON;
    return switch (task.op()) {
      case LRN ->
          lrn(
              plans.lrnAcrossChannels(s, layout, NormOperands.lrn()),
              Plans.x(task, layout),
              threads);
      case BATCH_NORM_RELU ->
          batch(
              plans.batchNorm(s, layout, epsilon, Activation.relu()),
              Plans.x(task, layout),
              threads);
      case LAYER_NORM -> norm(plans.layerNorm(s, -1, epsilon), Plans.x(task, layout), threads);
      case GROUP_NORM ->
          norm(plans.groupNorm(s, layout, Op.GROUPS, epsilon), Plans.x(task, layout), threads);
      case INSTANCE_NORM ->
          norm(plans.instanceNorm(s, layout, epsilon), Plans.x(task, layout), threads);
      default -> throw new AssertionError(task + " is no normalisation");
    };
  }

  private static Planned lrn(LocalResponseNorm op, Tensor x, int threads) {
    Tensor y = Planned.unwritten(op.shape(), op.layout());
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.of(y, parallel -> op.forward(x, y, ws, parallel));
  }

  private static Planned batch(BatchNorm op, Tensor x, int threads) {
    int c = op.shape().dim(1);
    Tensor gamma = NormOperands.gamma(c);
    Tensor beta = NormOperands.beta(c);
    Tensor mean = NormOperands.mean(c);
    Tensor variance = NormOperands.variance(c);
    Tensor y = Planned.unwritten(op.shape(), op.layout());
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.of(y, parallel -> op.infer(x, gamma, beta, mean, variance, y, ws, parallel));
  }

  private static Planned norm(Norm op, Tensor x, int threads) {
    int c = op.parameters().size();
    Tensor gamma = NormOperands.gamma(c);
    Tensor beta = NormOperands.beta(c);
    Tensor y = Planned.unwritten(op.shape(), op.layout());
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.of(y, parallel -> op.forward(x, gamma, beta, y, null, null, ws, parallel));
  }
}
