package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Law.Statement;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;

/** Laws of the convolution and its two gradients, for every algorithm that a backend lists. */
public final class ConvLaws {
  /** All of them. */
  public static final List<Law<ConvShape>> ALL =
      List.of(
          law(
              "exact-forward",
              "y = Σ w·x exactly, for whole numbers",
              "definition: ConvShape",
              ConvLaws::exactForward),
          law(
              "bounded-forward",
              "|y - ŷ| <= (k + 2)·u·Σ|w·x|",
              "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.1",
              ConvLaws::boundedForward),
          law(
              "adjoint",
              "(conv x, dy) = (x, convᵀ dy) = (w, dw)",
              "the three passes are one trilinear form; Goodfellow et al., Deep Learning, 2016,"
                  + " §9.5",
              ConvLaws::adjoint));

  private ConvLaws() {}

  private static Law<ConvShape> law(
      String name, String formula, String source, Statement<ConvShape> statement) {
    return new Law<>("conv." + name, ConvSubject.INSTANCE, formula, source, statement);
  }

  private static void exactForward(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor want = Tensor.zeros(s.y());
    ReferenceConv.forward(s, x, w, null, want);
    trial.requireAlive(want);
    for (ConvForward plan : backend.convForwardPlans(s)) {
      trial.equal(plan.algorithm() + " y", want, Conv.forward(plan, x, w));
    }
  }

  private static void boundedForward(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.wideRange(s.x());
    Tensor w = trial.wideRange(s.w());
    Tensor want = Tensor.zeros(s.y());
    ReferenceConv.forward(s, x, w, null, want);
    trial.requireAlive(want);
    Tensor magnitudes = Tensor.zeros(s.y());
    ReferenceConv.forward(s, Bounds.magnitude(x), Bounds.magnitude(w), null, magnitudes);
    double[] bounds = Bounds.ofSum(s.reduction(), magnitudes, 1);
    for (ConvForward plan : backend.convForwardPlans(s)) {
      trial.within(plan.algorithm() + " y", want, Conv.forward(plan, x, w), bounds);
    }
  }

  private static void adjoint(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor dy = trial.integers(s.y());
    Tensor y = Conv.forward(backend.convForward(s), x, w);
    double form = dot(y, dy);
    for (ConvBackwardData plan : backend.convBackwardDataPlans(s)) {
      Tensor dx = Conv.backwardData(plan, dy, w);
      trial.within(plan.algorithm() + " (x, dx)", form, dot(x, dx), 0);
    }
    for (ConvBackwardWeights plan : backend.convBackwardWeightsPlans(s)) {
      Tensor dw = Conv.backwardWeights(plan, x, dy);
      trial.within(plan.algorithm() + " (w, dw)", form, dot(w, dw), 0);
    }
  }

  /** Exact for whole numbers. */
  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.array()[a.offset() + i] * b.array()[b.offset() + i];
    }
    return sum;
  }
}
