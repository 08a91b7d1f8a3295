package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Bound.roundings;
import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.norm.RunningStatistics;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Runs of batch norm: training, inference, gradients. */
final class BatchNormRuns {
  private static final double EPSILON = 1e-3;
  private static final double MOMENTUM = 0.25;

  private BatchNormRuns() {}

  static Family addTo(Family family) {
    return family
        .addImages("batch", 2, 5, BatchNormRuns::training)
        .addImages("batch-inference", 2, 5, BatchNormRuns::inference);
  }

  private static BatchNorm plan(Normalisations all, Draw d, Activation f) {
    return all.batchNorm(d.shape(), d.layout(), EPSILON, f);
  }

  /**
   * As every norm's; an activation's slope is at most 1.1, its bend at most 1, and a running
   * average is rounded twice. Where ReLU's slope jumps no bound holds: it has no backward run.
   */
  private static List<Call> training(Backend backend, Draw d) {
    Activation f =
        d.pick(Activation.identity(), Activation.relu(), Activation.tanh(), Activation.silu());
    BatchNorm plan = plan(backend.normalisations(), d, f);
    Shape c = Shape.of(d.shape().dim(1));
    Tensor x = NormFamily.raised(d);
    Tensor gamma = d.of(c);
    Tensor beta = d.of(c);
    Tensor mean = like(c);
    Tensor r = like(c);
    plan(Draw.REFERENCE.normalisations(), d, f)
        .forward(
            x,
            gamma,
            beta,
            null,
            like(d.shape(), d.layout()),
            mean,
            r,
            Workspace.NONE,
            Parallel.SEQUENTIAL);
    double most = Math.max(1, Draw.greatest(r));
    double hat = 1 + 3 * most;
    double each = x.size() / (double) c.size() + 1;
    List<Call> calls = new ArrayList<>();
    Call.Binding forward =
        t -> {
          RunningStatistics running = new RunningStatistics(t[6], t[7], MOMENTUM);
          return (ws, par) -> plan.forward(t[0], t[1], t[2], running, t[3], t[4], t[5], ws, par);
        };
    calls.add(
        new Call("batch forward", plan.workspace(), forward)
            .reads("x", x)
            .reads("gamma", gamma)
            .reads("beta", beta)
            .writes("y", x, roundings(24, hat))
            .writes("mean", mean, roundings(2, 1.5))
            .writes("r", r, roundings(4, most))
            .addsTo("running mean", d.of(c), roundings(4, 2))
            .addsTo("running variance", d.inside(c, Layout.CHANNELS_FIRST, 0, 1), roundings(4, 4))
            .maybe("y", "x")
            .apart("y", "gamma", "beta")
            .apart("mean", "x", "y", "gamma", "beta", "r")
            .apart("r", "x", "y", "gamma", "beta")
            .apart("running mean", "x", "y", "gamma", "beta", "mean", "r")
            .apart("running variance", "x", "y", "gamma", "mean", "r", "running mean")
            .rounds());
    if (!f.equals(Activation.relu())) {
      calls.add(backward(plan, d, x, gamma, beta, mean, r, most, hat, each));
    }
    return calls;
  }

  private static Call backward(
      BatchNorm plan,
      Draw d,
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor r,
      double most,
      double hat,
      double each) {
    Call.Binding backward =
        t ->
            (ws, par) ->
                plan.backward(t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7], t[8], ws, par);
    return new Call("batch backward", plan.workspace(), backward)
        .reads("x", x)
        .reads("gamma", gamma)
        .reads("beta", beta)
        .reads("mean", mean)
        .reads("r", r)
        .reads("dy", d.of(d.shape(), d.layout()))
        .writes("dx", x, roundings(64, most * hat * hat))
        .addsTo("dgamma", d.of(gamma.shape()), roundings(32, hat * each))
        .addsTo("dbeta", d.of(beta.shape()), roundings(32, hat * each))
        .maybe("dx", "dy")
        .maybe("dx", "x")
        .apart("dx", "gamma", "mean", "r")
        .apart("dgamma", "x", "gamma", "beta", "mean", "r", "dy", "dx", "dbeta")
        .apart("dbeta", "x", "gamma", "beta", "mean", "r", "dy", "dx")
        .rounds();
  }

  /** One over the root of a variance of at least 0 is at most that of epsilon. */
  private static List<Call> inference(Backend backend, Draw d) {
    Activation f = d.pick(Activation.identity(), Activation.relu(), Activation.tanh());
    BatchNorm plan = plan(backend.normalisations(), d, f);
    Shape c = Shape.of(d.shape().dim(1));
    Tensor x = NormFamily.raised(d);
    Call.Binding infer = t -> (ws, par) -> plan.infer(t[0], t[1], t[2], t[3], t[4], t[5], ws, par);
    Tensor gamma = d.of(c);
    Tensor beta = d.of(c);
    Tensor mean = d.of(c);
    Tensor variance = d.inside(c, Layout.CHANNELS_FIRST, 0, 1);
    List<Call> calls = new ArrayList<>();
    calls.add(
        new Call("batch inference", plan.workspace(), infer)
            .reads("x", x)
            .reads("gamma", gamma)
            .reads("beta", beta)
            .reads("mean", mean)
            .reads("variance", variance)
            .writes("y", x, roundings(24, 1 + 2.5 / Math.sqrt(EPSILON)))
            .maybe("y", "x")
            .apart("y", "gamma", "beta", "mean", "variance"));
    if (!f.equals(Activation.relu())) {
      calls.add(inferenceBackward(plan, d, x, gamma, beta, mean, variance));
    }
    return calls;
  }

  /** A bent slope takes over the error of what goes into it. */
  private static Call inferenceBackward(
      BatchNorm plan, Draw d, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance) {
    Call.Binding backward =
        t ->
            (ws, par) ->
                plan.inferBackward(t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7], t[8], ws, par);
    double root = 1 / Math.sqrt(EPSILON);
    double most = 1 + 2.5 * root;
    double bend = plan.activation().equals(Activation.identity()) ? 1 : most;
    double each = x.size() / (double) gamma.size() + 1;
    return new Call("batch inference backward", plan.workspace(), backward)
        .reads("x", x)
        .reads("gamma", gamma)
        .reads("beta", beta)
        .reads("mean", mean)
        .reads("variance", variance)
        .reads("dy", d.of(d.shape(), d.layout()))
        .writes("dx", x, roundings(24, root * bend))
        .addsTo("dgamma", d.of(gamma.shape()), roundings(24, most * bend * each))
        .addsTo("dbeta", d.of(beta.shape()), roundings(24, bend * each))
        .maybe("dx", "dy")
        .maybe("dx", "x")
        .apart("dx", "gamma", "beta", "mean", "variance")
        .apart("dgamma", "x", "gamma", "beta", "mean", "variance", "dy", "dx", "dbeta")
        .apart("dbeta", "x", "gamma", "beta", "mean", "variance", "dy", "dx")
        .rounds();
  }
}
