package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.dot;
import static io.lanewise.propertytests.law.Elements.minus;
import static io.lanewise.propertytests.law.Elements.plus;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.reference.ReferenceMatrix;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.law.Linears.Data;
import io.lanewise.propertytests.law.Linears.Gradients;
import java.util.List;

/** Laws of the fully connected layer's gradients. */
public final class LinearGradientLaws {
  private static final String CHAIN_RULE =
      "Goodfellow, Bengio and Courville, Deep Learning, 2016, §6.5.4";

  /** All of them. */
  public static final List<Law<LinearShape>> ALL =
      List.of(
          LinearLaws.law(
              "exact-backward-data",
              "dx = dy·w exactly, for whole numbers",
              CHAIN_RULE,
              LinearGradientLaws::exactData),
          LinearLaws.law(
              "exact-backward-weights",
              "dw + dyᵀ·x and db + Σ dy exactly, for whole numbers",
              CHAIN_RULE,
              LinearGradientLaws::exactWeights),
          LinearLaws.law(
              "bounded-backward-data",
              "|dx - dx̂| <= (out + 2)·u·|dy|·|w|",
              "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.5",
              LinearGradientLaws::boundedData),
          LinearLaws.law(
              "bounded-backward-weights",
              "|dw - dŵ| <= (n + 3)·u·(|dw₀| + |dy|ᵀ·|x|), and so for db",
              "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.5",
              LinearGradientLaws::boundedWeights),
          LinearLaws.law(
              "adjoint",
              "(f(x), dy) = (x, dx) = (w, dw), without a bias",
              "the three passes are one trilinear form: Griewank and Walther, Evaluating"
                  + " Derivatives, 2nd ed., 2008, §3.2",
              LinearGradientLaws::adjoint),
          LinearLaws.law(
              "central-differences",
              "(f(x+e) - f(x-e), dy) = 2(e, dx), and so for w and b: exact, as f is affine in each",
              "Griewank and Walther, Evaluating Derivatives, 2nd ed., 2008, §3.2",
              LinearGradientLaws::differences),
          LinearLaws.law(
              "batch-blocks",
              "dw of a batch = dw of its parts, one added to the other; so db",
              CHAIN_RULE,
              LinearGradientLaws::blocks));

  private LinearGradientLaws() {}

  private static void exactData(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.integers(s, trial);
    Tensor want = Tensor.zeros(s.x());
    ReferenceMatrix.linearBackwardData(s, d.dy(), d.w(), want);
    trial.requireAlive(want);
    trial.equal("dx", want, Linears.backwardData(backend, s, d.dy(), d.w()));
  }

  private static void exactWeights(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.integers(s, trial);
    Gradients start = new Gradients(trial.integers(s.w()), trial.integers(s.bias()));
    Gradients want = start.copy();
    ReferenceMatrix.linearBackwardWeights(s, d.x(), d.dy(), want.dw(), want.db());
    trial.requireAlive(want.dw());
    Gradients got = Linears.backwardWeights(backend, s, d.x(), d.dy(), start);
    trial.equal("dw", want.dw(), got.dw());
    trial.equal("db", want.db(), got.db());
    Gradients noBias = new Gradients(start.dw(), null);
    Tensor dw = Linears.backwardWeights(backend, s, d.x(), d.dy(), noBias).dw();
    trial.equal("dw without db", want.dw(), dw);
  }

  private static void boundedData(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.wideRange(s, trial);
    Tensor want = Tensor.zeros(s.x());
    ReferenceMatrix.linearBackwardData(s, d.dy(), d.w(), want);
    trial.requireAlive(want);
    Tensor sums = Tensor.zeros(s.x());
    Tensor dy = Bounds.magnitude(d.dy());
    ReferenceMatrix.linearBackwardData(s, dy, Bounds.magnitude(d.w()), sums);
    double[] bounds = Bounds.ofSum(s.out(), sums, 1);
    trial.within("dx", want, Linears.backwardData(backend, s, d.dy(), d.w()), bounds);
  }

  private static void boundedWeights(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.wideRange(s, trial);
    Gradients start = new Gradients(trial.wideRange(s.w()), trial.wideRange(s.bias()));
    Gradients want = start.copy();
    ReferenceMatrix.linearBackwardWeights(s, d.x(), d.dy(), want.dw(), want.db());
    trial.requireAlive(want.dw());
    Gradients sums = new Gradients(Bounds.magnitude(start.dw()), Bounds.magnitude(start.db()));
    Tensor x = Bounds.magnitude(d.x());
    Tensor dy = Bounds.magnitude(d.dy());
    ReferenceMatrix.linearBackwardWeights(s, x, dy, sums.dw(), sums.db());
    Gradients got = Linears.backwardWeights(backend, s, d.x(), d.dy(), start);
    trial.within("dw", want.dw(), got.dw(), Bounds.ofSum(s.n() + 1, sums.dw(), 1));
    trial.within("db", want.db(), got.db(), Bounds.ofSum(s.n() + 1, sums.db(), 1));
  }

  private static void adjoint(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.integers(s, trial);
    double form = dot(Linears.forward(backend, s, d.x(), d.w(), null), d.dy());
    Tensor dx = Linears.backwardData(backend, s, d.dy(), d.w());
    Tensor dw = Linears.backwardWeights(backend, s, d.x(), d.dy()).dw();
    trial.within("(x, dx)", form, dot(d.x(), dx), 0);
    trial.within("(w, dw)", form, dot(d.w(), dw), 0);
  }

  private static void differences(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.integers(s, trial);
    Data e = Data.integers(s, trial);
    Tensor dx = Linears.backwardData(backend, s, d.dy(), d.w());
    Gradients gradients = Linears.backwardWeights(backend, s, d.x(), d.dy());
    double x =
        difference(
            Linears.forward(backend, s, plus(d.x(), e.x()), d.w(), d.bias()),
            Linears.forward(backend, s, minus(d.x(), e.x()), d.w(), d.bias()),
            d.dy());
    trial.within("2(e, dx)", x, 2 * dot(e.x(), dx), 0);
    double w =
        difference(
            Linears.forward(backend, s, d.x(), plus(d.w(), e.w()), d.bias()),
            Linears.forward(backend, s, d.x(), minus(d.w(), e.w()), d.bias()),
            d.dy());
    trial.within("2(e, dw)", w, 2 * dot(e.w(), gradients.dw()), 0);
    double b =
        difference(
            Linears.forward(backend, s, d.x(), d.w(), plus(d.bias(), e.bias())),
            Linears.forward(backend, s, d.x(), d.w(), minus(d.bias(), e.bias())),
            d.dy());
    trial.within("2(e, db)", b, 2 * dot(e.bias(), gradients.db()), 0);
  }

  private static double difference(Tensor up, Tensor down, Tensor dy) {
    return dot(up, dy) - dot(down, dy);
  }

  private static void blocks(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.integers(s, trial);
    int cut = trial.random().nextInt(s.n() + 1);
    Gradients sums = new Gradients(Tensor.zeros(s.w()), Tensor.zeros(s.bias()));
    for (int[] part : new int[][] {{0, cut}, {cut, s.n()}}) {
      LinearShape shape = new LinearShape(part[1] - part[0], s.in(), s.out());
      Tensor x = Axes.part(d.x(), 0, part[0], part[1]);
      Tensor dy = Axes.part(d.dy(), 0, part[0], part[1]);
      sums = Linears.backwardWeights(backend, shape, x, dy, sums);
    }
    Gradients want = Linears.backwardWeights(backend, s, d.x(), d.dy());
    trial.equal("dw", want.dw(), sums.dw());
    trial.equal("db", want.db(), sums.db());
  }
}
