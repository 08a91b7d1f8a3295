package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ActivationSubject;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;

/** What a convolution does to its sums before it stores them. */
final class ConvEpilogueLaws {
  static final List<Law<ConvShape>> ALL =
      List.of(
          new Law<>(
              "conv.bias",
              ConvSubject.INSTANCE,
              "y = bias[o] + Σ exactly for whole numbers; else |y - bias[o] - Σ| <= c·(k +"
                  + " 3)·u·(|bias[o]| + Σ|w·x|)",
              "Goodfellow et al., Deep Learning, 2016, §9.5; Higham, Accuracy and Stability of"
                  + " Numerical Algorithms, 2nd ed., 2002, §3.1",
              ConvEpilogueLaws::bias),
          new Law<>(
              "conv.clamp",
              ConvSubject.INSTANCE,
              "y with limits is max(min, min(y, max)) of y without; NaN stays NaN",
              "definition: Epilogue",
              ConvEpilogueLaws::clamp),
          new Law<>(
              "conv.residual",
              ConvSubject.INSTANCE,
              "y = bias[o] + Σ + r exactly for whole numbers; the same bits if r is y",
              "He et al., Deep Residual Learning for Image Recognition, 2016, eq. 1",
              ConvEpilogueLaws::residual),
          new Law<>(
              "conv.activation",
              ConvSubject.INSTANCE,
              "|y - f(s + r)| <= max|f'|·u·(|s| + |s + r|) and f's own error, s being y without"
                  + " either",
              "mean value theorem; definition: Epilogue",
              ConvEpilogueLaws::activation));

  private ConvEpilogueLaws() {}

  private static void bias(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor bias = trial.integers(s.bias());
    Tensor want = Tensor.zeros(s.y());
    ReferenceConv.forward(s, x, w, bias, want);
    ConvLaws.requireAlive(trial, s, want);
    Tensor fx = trial.wideRange(s.x());
    Tensor fw = trial.wideRange(s.w());
    Tensor fBias = trial.wideRange(s.bias());
    Tensor fWant = Tensor.zeros(s.y());
    ReferenceConv.forward(s, fx, fw, fBias, fWant);
    Tensor sums = Tensor.zeros(s.y());
    ReferenceConv.forward(
        s, Bounds.magnitude(fx), Bounds.magnitude(fw), Bounds.magnitude(fBias), sums);
    for (ConvForward plan : backend.convForwardPlans(s, ConvOptions.DEFAULT.strict())) {
      if (ErrorConstants.KNOWN.isPlainSum(plan.algorithm())) {
        trial.equal(plan.algorithm() + " y + bias", want, run(plan, x, w, Epilogue.bias(bias)));
      }
      double[] bounds =
          Bounds.ofSum(s.reduction() + 1, sums, ErrorConstants.KNOWN.of(plan.algorithm()));
      Tensor got = run(plan, fx, fw, Epilogue.bias(fBias));
      trial.within(plan.algorithm() + " y + bias", fWant, got, bounds);
    }
  }

  private static void clamp(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.floats(s.x());
    Tensor w = trial.floats(s.w());
    Epilogue bias = Epilogue.bias(trial.floats(s.bias()));
    Tensor withNan = trial.floats(s.bias());
    withNan.array()[trial.random().nextInt(withNan.size())] = Float.NaN;
    float low = (float) trial.random().nextDouble(-1, 1);
    float high = low + (float) trial.random().nextDouble(0, 1);
    float below = Float.NEGATIVE_INFINITY;
    float above = Float.POSITIVE_INFINITY;
    for (ConvForward plan : backend.convForwardPlans(s)) {
      clamp(plan, x, w, bias, bias.relu(), 0f, above, trial);
      clamp(plan, x, w, bias, bias.relu6(), 0f, 6f, trial);
      clamp(plan, x, w, bias, bias.clamp(low, high), low, high, trial);
      clamp(plan, x, w, bias, bias.clamp(below, low), below, low, trial);
      Epilogue nan = Epilogue.bias(withNan);
      clamp(plan, x, w, nan, nan.clamp(low, high), low, high, trial);
      Epilogue none = Epilogue.none();
      clamp(plan, x, w, none, none.clamp(high, high), high, high, trial);
    }
  }

  private static void clamp(
      ConvForward plan,
      Tensor x,
      Tensor w,
      Epilogue bias,
      Epilogue limits,
      float min,
      float max,
      Trial trial) {
    Tensor free = run(plan, x, w, bias);
    ConvLaws.requireAlive(trial, plan.shape(), free);
    Tensor want = limited(free, min, max);
    String what = plan.algorithm() + " y in [" + min + ", " + max + "]";
    Tensor got = run(plan, x, w, limits);
    trial.sameBits(what, Elements.oneZero(want), Elements.oneZero(got));
  }

  private static void residual(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Epilogue all = Epilogue.bias(trial.integers(s.bias())).add(trial.integers(s.y()));
    Tensor want = Tensor.zeros(s.y());
    ReferenceConv.fused(s, x, w, all, want);
    ConvLaws.requireAlive(trial, s, want);
    for (ConvForward plan : backend.convForwardPlans(s)) {
      Tensor got = run(plan, x, w, all);
      if (ErrorConstants.KNOWN.isPlainSum(plan.algorithm())) {
        trial.equal(plan.algorithm() + " y + r", want, got);
      }
      Tensor y = all.residual().copy();
      run(plan, x, w, new Epilogue(all.bias(), y, all.activation()), y);
      trial.sameBits(plan.algorithm() + " y += ...", got, y);
    }
  }

  private static void activation(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.floats(s.x());
    Tensor w = trial.floats(s.w());
    Epilogue bias = Epilogue.bias(trial.floats(s.bias()));
    Tensor r = trial.floats(s.y());
    List<Activation> all = ActivationSubject.KINDS;
    Activation f = all.get(trial.random().nextInt(all.size()));
    for (ConvForward plan : backend.convForwardPlans(s)) {
      Tensor sums = run(plan, x, w, bias);
      ConvLaws.requireAlive(trial, s, sums);
      Tensor want = Tensor.zeros(s.y());
      double[] bounds = new double[want.size()];
      for (int i = 0; i < bounds.length; i++) {
        double sum = Elements.at(sums, i);
        double t = sum + Elements.at(r, i);
        double roundings = Bounds.U * (Math.abs(sum) + Math.abs(t));
        want.array()[i] = (float) ReferenceElementwise.activate(f, t);
        bounds[i] = ActivationBounds.steepest(f) * roundings + 2 * ActivationBounds.rounded(f, t);
      }
      String what = plan.algorithm() + " " + f + "(y + r)";
      trial.within(what, want, run(plan, x, w, bias.add(r).activation(f)), bounds);
    }
  }

  private static Tensor limited(Tensor y, float min, float max) {
    Tensor limited = y.copy();
    float[] values = limited.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(min, Math.min(values[i], max));
    }
    return limited;
  }

  private static Tensor run(ConvForward plan, Tensor x, Tensor w, Epilogue epilogue) {
    Tensor y = ConvPass.FORWARD.blank(plan.shape());
    run(plan, x, w, epilogue, y);
    return y;
  }

  private static void run(ConvForward plan, Tensor x, Tensor w, Epilogue epilogue, Tensor y) {
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    plan.run(x, plan.pack(w), epilogue, y, ws, Parallel.SEQUENTIAL);
  }
}
