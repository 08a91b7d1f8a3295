package io.lanewise.kernels;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.LengthNorm;
import io.lanewise.kernels.norm.LocalResponseNorm;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.Norm;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.norm.RunningStatistics;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** The normalisations' part of {@link EveryRun}. */
final class NormRuns {
  private static final Shape S = Shape.of(2, 38, 11, 13);
  private static final double EPSILON = 1e-3;

  /** Takes one run. */
  interface Sink {
    void add(String name, Object plan, Runnable once);
  }

  private final Parallel par;
  private final Sink sink;

  private NormRuns(Parallel par, Sink sink) {
    this.par = par;
    this.sink = sink;
  }

  static void add(Backend backend, Parallel par, Sink sink) {
    NormRuns runs = new NormRuns(par, sink);
    Normalisations n = backend.normalisations();
    for (Layout l : Layout.values()) {
      runs.batch(l, n.batchNorm(S, l, EPSILON, Activation.relu()));
      runs.norm("group norm " + l, n.groupNorm(S, l, 2, EPSILON));
      runs.length(l, n.lengthNorm(S, l, 1, EPSILON));
      runs.lrn("across " + l, n.lrnAcrossChannels(S, l, Lrn.onnx(5, 1, 0.75, 1)));
      runs.lrn("within " + l, n.lrnWithinChannel(S, l, Lrn.paper(3, 1, 1, 0.6)));
    }
    runs.norm("layer norm", n.layerNorm(S, 2, EPSILON));
  }

  private static Tensor tensor(Shape shape, Layout layout) {
    return TestData.uniform(shape, 1).copy(layout);
  }

  private void batch(Layout l, BatchNorm op) {
    Tensor x = tensor(S, l);
    Tensor y = tensor(S, l);
    Tensor dx = tensor(S, l);
    int c = S.dim(1);
    Tensor gamma = TestData.uniform(Shape.of(c), 2);
    Tensor mean = Tensor.zeros(c);
    Tensor r = Tensor.zeros(c).fill(1);
    Tensor dgamma = Tensor.zeros(c);
    Tensor dbeta = Tensor.zeros(c);
    RunningStatistics running = RunningStatistics.start(c);
    Workspace ws = Workspace.allocate(op.workspace(), par.workers());
    String name = "batch norm " + l;
    sink.add(name + " forward", op, () -> op.forward(x, gamma, null, running, y, mean, r, ws, par));
    Tensor v = running.variance();
    sink.add(name + " inference", op, () -> op.infer(x, gamma, null, mean, v, y, ws, par));
    sink.add(
        name + " backward",
        op,
        () -> op.backward(x, gamma, null, mean, r, y, dx, dgamma, dbeta, ws, par));
    sink.add(
        name + " backward, inference",
        op,
        () -> op.inferBackward(x, gamma, null, mean, v, y, dx, dgamma, dbeta, ws, par));
  }

  private void norm(String name, Norm op) {
    Tensor x = tensor(S, op.layout());
    Tensor y = tensor(S, op.layout());
    Tensor gamma = TestData.uniform(op.parameters(), 2);
    Tensor dgamma = Tensor.zeros(op.parameters());
    Tensor mean = Tensor.zeros(op.statistics());
    Tensor r = Tensor.zeros(op.statistics()).fill(1);
    Workspace ws = Workspace.allocate(op.workspace(), par.workers());
    sink.add(name + " forward", op, () -> op.forward(x, gamma, null, y, mean, r, ws, par));
    sink.add(
        name + " backward", op, () -> op.backward(x, gamma, mean, r, y, y, dgamma, null, ws, par));
  }

  private void length(Layout l, LengthNorm op) {
    Tensor x = tensor(S, l);
    Tensor y = tensor(S, l);
    Tensor r = Tensor.zeros(op.statistics()).fill(1);
    Workspace ws = Workspace.allocate(op.workspace(), par.workers());
    sink.add("length norm " + l + " forward", op, () -> op.forward(x, y, r, ws, par));
    sink.add("length norm " + l + " backward", op, () -> op.backward(x, r, y, y, ws, par));
  }

  private void lrn(String name, LocalResponseNorm op) {
    Tensor x = tensor(S, op.layout());
    Tensor y = tensor(S, op.layout());
    Tensor dx = tensor(S, op.layout());
    Workspace ws = Workspace.allocate(op.workspace(), par.workers());
    sink.add("local response norm " + name + " forward", op, () -> op.forward(x, y, ws, par));
    sink.add("local response norm " + name + " backward", op, () -> op.backward(x, y, dx, ws, par));
  }
}
