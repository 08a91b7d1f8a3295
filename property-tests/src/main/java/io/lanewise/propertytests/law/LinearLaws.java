package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.plus;
import static io.lanewise.propertytests.law.Elements.times;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.reference.ReferenceMatrix;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Law.Statement;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.law.Linears.Data;
import io.lanewise.propertytests.subject.LinearSubject;
import java.util.List;

/** Laws of the fully connected layer, forward. */
public final class LinearLaws {
  private static final String DEFINITION = "definition: LinearForward";

  /** All of them. */
  public static final List<Law<LinearShape>> ALL =
      List.of(
          law(
              "exact-forward",
              "y = x·wᵀ + b exactly, for whole numbers",
              "definition: LinearShape",
              LinearLaws::exact),
          law(
              "bounded-forward",
              "|y - ŷ| <= (in + 3)·u·(|x|·|w|ᵀ + |b|)",
              "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.5",
              LinearLaws::bounded),
          law(
              "is-a-product",
              "y = x·wᵀ as the matrix product gives it",
              DEFINITION,
              LinearLaws::product),
          law(
              "linearity",
              "f(x + x') = f(x) + f(x'), of weights too, without a bias",
              "Axler, Linear Algebra Done Right, 3rd ed., 2015, §3.A",
              LinearLaws::linearity),
          law("bias", "f(x; b) = f(x; 0) + b", DEFINITION, LinearLaws::bias),
          law(
              "feature-order",
              "f(xP; wP) = f(x; w) for a permutation P of the inputs",
              DEFINITION,
              LinearLaws::featureOrder),
          law(
              "output-order",
              "other order of w's rows and b, the same order of y, to the bit",
              "one chain an element: kernels' MicroKernel",
              LinearLaws::outputOrder),
          law(
              "batch-slice",
              "a part of the batch gives the bits it has in the whole",
              "one chain an element: kernels' MicroKernel",
              LinearLaws::batchSlice),
          law(
              "powers-of-two",
              "f(2ᵖx; 2ᵠw, 2ᵖ⁺ᵠb) = 2ᵖ⁺ᵠ·f(x; w, b) to the bit",
              "a power of two changes the exponent alone: IEEE 754-2019, §3.3",
              LinearLaws::powersOfTwo),
          law(
              "repacking",
              "weights packed over others give the bits of weights packed anew",
              DEFINITION,
              LinearLaws::repacking));

  private LinearLaws() {}

  static Law<LinearShape> law(
      String name, String formula, String source, Statement<LinearShape> statement) {
    return new Law<>("linear." + name, LinearSubject.INSTANCE, formula, source, statement);
  }

  private static void exact(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.integers(s, trial);
    for (Tensor bias : new Tensor[] {null, d.bias()}) {
      Tensor want = Tensor.zeros(s.y());
      ReferenceMatrix.linear(s, d.x(), d.w(), bias, want);
      trial.equal("y", want, Linears.forward(backend, s, d.x(), d.w(), bias));
    }
  }

  private static void bounded(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.wideRange(s, trial);
    Tensor want = Tensor.zeros(s.y());
    ReferenceMatrix.linear(s, d.x(), d.w(), d.bias(), want);
    Tensor sums = Tensor.zeros(s.y());
    Tensor x = Bounds.magnitude(d.x());
    ReferenceMatrix.linear(s, x, Bounds.magnitude(d.w()), Bounds.magnitude(d.bias()), sums);
    double[] bounds = Bounds.ofSum(s.in() + 1, sums, 1);
    trial.within("y", want, Linears.forward(backend, s, d.x(), d.w(), d.bias()), bounds);
  }

  private static void product(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.integers(s, trial);
    GemmShape gemm = new GemmShape(s.n(), s.out(), s.in(), false, true, false);
    Tensor want = Products.of(backend, gemm, d.x(), d.w());
    trial.equal("y", want, Linears.forward(backend, s, d.x(), d.w(), null));
  }

  private static void linearity(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.integers(s, trial);
    Data e = Data.integers(s, trial);
    Tensor y = Linears.forward(backend, s, d.x(), d.w(), null);
    Tensor otherX = Linears.forward(backend, s, e.x(), d.w(), null);
    Tensor both = Linears.forward(backend, s, plus(d.x(), e.x()), d.w(), null);
    trial.equal("f(x + x')", plus(y, otherX), both);
    Tensor otherW = Linears.forward(backend, s, d.x(), e.w(), null);
    Tensor sum = Linears.forward(backend, s, d.x(), plus(d.w(), e.w()), null);
    trial.equal("f(x; w + w')", plus(y, otherW), sum);
  }

  private static void bias(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.integers(s, trial);
    Tensor want = Linears.forward(backend, s, d.x(), d.w(), null);
    for (int i = 0; i < want.size(); i++) {
      want.array()[i] += Elements.at(d.bias(), i % s.out());
    }
    trial.equal("f(x; b)", want, Linears.forward(backend, s, d.x(), d.w(), d.bias()));
  }

  private static void featureOrder(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.integers(s, trial);
    int[] order = Axes.permutation(s.in(), trial.random());
    Tensor want = Linears.forward(backend, s, d.x(), d.w(), d.bias());
    Tensor x = Axes.pick(d.x(), 1, order);
    Tensor w = Axes.pick(d.w(), 1, order);
    trial.equal("f(xP; wP)", want, Linears.forward(backend, s, x, w, d.bias()));
  }

  private static void outputOrder(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.wideRange(s, trial);
    int[] order = Axes.permutation(s.out(), trial.random());
    Tensor want = Axes.pick(Linears.forward(backend, s, d.x(), d.w(), d.bias()), 1, order);
    Tensor w = Axes.pick(d.w(), 0, order);
    Tensor bias = Axes.pick(d.bias(), 0, order);
    trial.sameBits("y", want, Linears.forward(backend, s, d.x(), w, bias));
  }

  private static void batchSlice(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.wideRange(s, trial);
    int from = trial.random().nextInt(s.n() + 1);
    int to = trial.random().nextInt(from, s.n() + 1);
    LinearShape part = new LinearShape(to - from, s.in(), s.out());
    Tensor y = Linears.forward(backend, s, d.x(), d.w(), d.bias());
    Tensor x = Axes.part(d.x(), 0, from, to);
    Tensor dy = Axes.part(d.dy(), 0, from, to);
    Tensor got = Linears.forward(backend, part, x, d.w(), d.bias());
    trial.sameBits("y", Axes.part(y, 0, from, to), got);
    Tensor dx = Linears.backwardData(backend, s, d.dy(), d.w());
    Tensor gotDx = Linears.backwardData(backend, part, dy, d.w());
    trial.sameBits("dx", Axes.part(dx, 0, from, to), gotDx);
  }

  private static void powersOfTwo(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.wideRange(s, trial);
    float p = Math.scalb(1f, trial.random().nextInt(-10, 11));
    float q = Math.scalb(1f, trial.random().nextInt(-10, 11));
    Tensor want = times(Linears.forward(backend, s, d.x(), d.w(), d.bias()), p * q);
    Tensor bias = times(d.bias(), p * q);
    Tensor got = Linears.forward(backend, s, times(d.x(), p), times(d.w(), q), bias);
    trial.sameBits("y", want, got);
  }

  private static void repacking(Backend backend, LinearShape s, Trial trial) {
    Data d = Data.wideRange(s, trial);
    LinearForward plan = backend.linearForward(s);
    PackedWeights packed = plan.newWeights();
    plan.pack(trial.wideRange(s.w()).fill(Float.NaN), packed);
    plan.pack(d.w(), packed);
    Tensor want = Linears.forward(backend, s, d.x(), d.w(), d.bias());
    trial.sameBits("y", want, Linears.forward(plan, d.x(), packed, d.bias()));
  }
}
