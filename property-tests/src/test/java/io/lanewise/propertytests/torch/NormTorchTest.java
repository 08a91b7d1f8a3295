package io.lanewise.propertytests.torch;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.LengthNorm;
import io.lanewise.kernels.norm.LocalResponseNorm;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.Norm;
import io.lanewise.kernels.norm.NormSpan;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.norm.RunningStatistics;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Map;

class NormTorchTest extends TorchAgreement {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  NormTorchTest() {
    super(
        "norm",
        Map.of(
            "batch-norm",
            NormTorchTest::batch,
            "group-norm",
            run -> images(run, (n, s, l) -> n.groupNorm(s, l, run.integer("groups"), eps(run))),
            "instance-norm",
            run -> images(run, (n, s, l) -> n.instanceNorm(s, l, eps(run))),
            "mean-variance-norm",
            run -> images(run, (n, s, l) -> n.meanVarianceNorm(s, l, span(run), eps(run))),
            "layer-norm",
            run -> norm(run, norms(run).layerNorm(shape(run), run.integer("axis"), eps(run))),
            "rms-norm",
            run -> norm(run, norms(run).rmsNorm(shape(run), run.integer("axis"), eps(run))),
            "length-norm",
            NormTorchTest::length,
            "lrn",
            run -> lrn(run, false),
            "lrn-within",
            run -> lrn(run, true)));
  }

  private interface Plan {
    Norm of(Normalisations n, Shape shape, Layout layout);
  }

  private static Normalisations norms(TorchRun run) {
    return run.backend().normalisations();
  }

  private static Shape shape(TorchRun run) {
    return run.input("x").shape();
  }

  private static double eps(TorchRun run) {
    return run.number("epsilon");
  }

  private static NormSpan span(TorchRun run) {
    return NormSpan.valueOf(run.text("span"));
  }

  private static Tensor input(TorchRun run, String key, Layout layout) {
    Tensor t = run.input(key);
    return t.shape().rank() < 2 ? t : t.copy(layout);
  }

  private static Tensor blank(TorchRun run, Layout layout) {
    return Tensor.zeros(shape(run), layout).fill(Float.NaN);
  }

  private static void agrees(TorchRun run, String key, Tensor got) {
    run.agrees(key, got.shape().rank() < 2 ? got : got.copy(Layout.CHANNELS_FIRST));
  }

  private static void batch(TorchRun run) {
    for (Layout layout : Layout.values()) {
      Activation f = Activation.parse(run.text("activation"));
      BatchNorm op = norms(run).batchNorm(shape(run), layout, eps(run), f);
      Workspace ws = run.workspace(op.workspace());
      Tensor x = input(run, "x", layout);
      Tensor gamma = run.input("gamma");
      Tensor beta = run.input("beta");
      Tensor average = run.input("mean");
      Tensor variance = run.input("variance");
      Activation none = Activation.identity();
      BatchNorm plain = norms(run).batchNorm(shape(run), layout, eps(run), none);
      Tensor y = blank(run, layout);
      plain.infer(x, gamma, beta, average, variance, y, run.workspace(plain.workspace()), ONE);
      agrees(run, "inference", y);
      Tensor dx = blank(run, layout);
      Tensor dgamma = Tensor.zeros(gamma.shape());
      Tensor dbeta = Tensor.zeros(gamma.shape());
      Tensor dz = input(run, "dz", layout);
      op.inferBackward(x, gamma, beta, average, variance, dz, dx, dgamma, dbeta, ws, ONE);
      agrees(run, "inference-dx", dx);
      run.agrees("inference-dgamma", dgamma);
      run.agrees("inference-dbeta", dbeta);
      Tensor mean = run.blank(gamma.shape());
      Tensor r = run.blank(gamma.shape());
      RunningStatistics running = new RunningStatistics(average, variance, run.number("momentum"));
      op.forward(x, gamma, beta, running, y, mean, r, ws, ONE);
      agrees(run, "y", y);
      run.agrees("running-mean", average);
      run.agrees("running-variance", variance);
      dx = blank(run, layout);
      dgamma = Tensor.zeros(gamma.shape());
      dbeta = Tensor.zeros(gamma.shape());
      Tensor dy = input(run, "dy", layout);
      op.backward(x, gamma, beta, mean, r, dy, dx, dgamma, dbeta, ws, ONE);
      agrees(run, "dx", dx);
      run.agrees("dgamma", dgamma);
      run.agrees("dbeta", dbeta);
    }
  }

  private static void images(TorchRun run, Plan plan) {
    for (Layout layout : Layout.values()) {
      norm(run, plan.of(norms(run), shape(run), layout));
    }
  }

  private static void norm(TorchRun run, Norm op) {
    Workspace ws = run.workspace(op.workspace());
    boolean weights = run.hasInput("gamma");
    Tensor gamma = weights ? run.input("gamma") : null;
    Tensor beta = weights ? run.input("beta") : null;
    Tensor x = input(run, "x", op.layout());
    Tensor y = blank(run, op.layout());
    Tensor mean = op.isCentred() ? run.blank(op.statistics()) : null;
    Tensor r = run.blank(op.statistics());
    op.forward(x, gamma, beta, y, mean, r, ws, ONE);
    agrees(run, "y", y);
    Tensor dx = blank(run, op.layout());
    Tensor dgamma = weights ? Tensor.zeros(op.parameters()) : null;
    Tensor dbeta = weights ? Tensor.zeros(op.parameters()) : null;
    Tensor dy = input(run, "dy", op.layout());
    op.backward(x, gamma, mean, r, dy, dx, dgamma, dbeta, ws, ONE);
    agrees(run, "dx", dx);
    if (weights) {
      run.agrees("dgamma", dgamma);
      run.agrees("dbeta", dbeta);
    }
  }

  private static void length(TorchRun run) {
    for (Layout layout : Layout.values()) {
      if (layout == Layout.CHANNELS_LAST && shape(run).rank() < 2) {
        continue;
      }
      LengthNorm op = norms(run).lengthNorm(shape(run), layout, run.integer("axis"), eps(run));
      Workspace ws = run.workspace(op.workspace());
      Tensor x = input(run, "x", layout);
      Tensor y = blank(run, layout);
      Tensor r = run.blank(op.statistics());
      op.forward(x, y, r, ws, ONE);
      agrees(run, "y", y);
      Tensor dx = blank(run, layout);
      op.backward(x, r, input(run, "dy", layout), dx, ws, ONE);
      agrees(run, "dx", dx);
    }
  }

  private static void lrn(TorchRun run, boolean within) {
    double alpha = run.number("alpha");
    double beta = run.number("beta");
    int size = run.integer("size");
    Shape s = shape(run);
    for (Layout layout : Layout.values()) {
      LocalResponseNorm op =
          within
              ? norms(run)
                  .lrnWithinChannel(s, layout, Lrn.caffeWithin(size, s.rank() - 2, alpha, beta))
              : norms(run)
                  .lrnAcrossChannels(s, layout, Lrn.pytorch(size, alpha, beta, run.number("k")));
      Workspace ws = run.workspace(op.workspace());
      Tensor x = input(run, "x", layout);
      Tensor y = blank(run, layout);
      op.forward(x, y, ws, ONE);
      agrees(run, "y", y);
      Tensor dx = blank(run, layout);
      op.backward(x, input(run, "dy", layout), dx, ws, ONE);
      agrees(run, "dx", dx);
    }
  }
}
