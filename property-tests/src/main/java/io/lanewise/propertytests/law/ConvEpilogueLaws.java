package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
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
              ConvEpilogueLaws::clamp));

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
    List<Epilogue> limits =
        List.of(
            bias.relu(),
            bias.relu6(),
            bias.clamp(low, high),
            bias.clamp(Float.NEGATIVE_INFINITY, low),
            Epilogue.bias(withNan).clamp(low, high),
            Epilogue.none().clamp(high, high));
    for (ConvForward plan : backend.convForwardPlans(s)) {
      for (Epilogue limited : limits) {
        Tensor free = run(plan, x, w, Epilogue.bias(limited.bias()));
        ConvLaws.requireAlive(trial, s, free);
        Tensor want = limited(free, limited.min(), limited.max());
        String what = plan.algorithm() + " y in [" + limited.min() + ", " + limited.max() + "]";
        Tensor got = run(plan, x, w, limited);
        trial.sameBits(what, Elements.oneZero(want), Elements.oneZero(got));
      }
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
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    plan.run(x, plan.pack(w), epilogue, y, ws, Parallel.SEQUENTIAL);
    return y;
  }
}
