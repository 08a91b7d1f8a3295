package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvShapes;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;
import java.util.stream.Stream;

/** Every algorithm computes what the naive reference computes. */
final class ConvAgreementLaws {
  private static final ConvSubject CONV = ConvSubject.INSTANCE;
  private static final String DEFINITION =
      "definition: ConvShape; Goodfellow et al., Deep Learning, 2016, §9.5";
  private static final String HIGHAM =
      "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.1; without terms in"
          + " u² by Jeannerod and Rump, Improved Error Bounds for Inner Products in Floating-Point"
          + " Arithmetic, 2013";

  /** What there are transforms for. */
  private static final ConvSubject THREE_BY_THREE =
      ConvSubject.of(
          "2-D convolutions of 3x3 kernels", s -> s.rank() == 2, ConvShapes::threeByThree);

  static final List<Law<ConvShape>> ALL =
      Stream.of(
              PassLaws.of(
                  "exact",
                  CONV,
                  "f(a, b) is the sum of its products, exactly, for whole numbers",
                  DEFINITION,
                  ConvAgreementLaws::exact),
              PassLaws.of(
                  "bounded",
                  CONV,
                  "|f(a, b) - Σ| <= c·(k + 2)·u·Σ|a·b|",
                  HIGHAM,
                  ConvAgreementLaws::bounded),
              PassLaws.of(
                  "agreement",
                  CONV,
                  "each algorithm's f(a, b) within both bounds of the first one's",
                  HIGHAM + "; triangle inequality",
                  ConvAgreementLaws::agreement),
              PassLaws.of(
                  "transformed",
                  THREE_BY_THREE,
                  "of algorithms that transform first: |f(a, b) - Σ| <= c·(k + 2)·u·Σ max|a|·max|b|,"
                      + " the maxima over an image's channel and over a kernel",
                  "Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016, §4; c"
                      + " from the sums of magnitudes in the transforms' matrices",
                  ConvAgreementLaws::transformed,
                  ConvPass.FORWARD,
                  ConvPass.INPUT_GRADIENT),
              List.of(
                  new Law<>(
                      "conv.gradients-add",
                      CONV,
                      "dw' = dw + Σ dy·x and db' = db + Σ dy, exactly, for whole numbers",
                      "definition: ConvBackwardWeights; Goodfellow et al., Deep Learning, 2016,"
                          + " §9.5",
                      ConvAgreementLaws::gradientsAdd),
                  new Law<>(
                      "conv.gradients-add-bounded",
                      CONV,
                      "|dw' - Σ| <= c·(k + 2)·u·(|dw| + Σ|dy·x|), |db' - Σ| <= (k + 2)·u·(|db| +"
                          + " Σ|dy|)",
                      HIGHAM,
                      ConvAgreementLaws::gradientsAddBounded)))
          .flatMap(List::stream)
          .toList();

  private ConvAgreementLaws() {}

  private static void exact(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    Tensor a = trial.integers(pass.left(s));
    Tensor b = trial.integers(pass.right(s));
    Tensor want = pass.reference(s, a, b);
    ConvLaws.requireAlive(trial, s, want);
    for (ConvRun run : pass.exactRuns(backend, s)) {
      trial.equal(run.toString(), want, run.of(a, b));
    }
  }

  private static void bounded(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    Tensor a = trial.wideRange(pass.left(s));
    Tensor b = trial.wideRange(pass.right(s));
    Tensor want = pass.reference(s, a, b);
    ConvLaws.requireAlive(trial, s, want);
    double[] bounds = pass.bounds(s, a, b, 1);
    for (ConvRun run : pass.runs(backend, s)) {
      double[] own = scaled(bounds, run.errorConstant());
      trial.within(run.toString(), want, run.of(a, b), own);
    }
  }

  private static void agreement(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    List<ConvRun> runs = pass.runs(backend, s);
    if (runs.size() < 2) {
      throw new UnsupportedOperationException("there is only one algorithm, " + runs.getFirst());
    }
    Tensor a = trial.floats(pass.left(s));
    Tensor b = trial.floats(pass.right(s));
    ConvRun first = runs.getFirst();
    Tensor want = first.of(a, b);
    ConvLaws.requireAlive(trial, s, want);
    double[] bounds = pass.bounds(s, a, b, 1);
    for (ConvRun other : runs.subList(1, runs.size())) {
      double[] both = scaled(bounds, first.errorConstant() + other.errorConstant());
      trial.within(other + " against " + first, want, other.of(a, b), both);
    }
  }

  /** A tile's error depends on all inputs that it reads, not just on those of one output. */
  private static void transformed(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    List<ConvRun> runs =
        pass.allRuns(backend, s).stream()
            .filter(run -> !ErrorConstants.KNOWN.isPlainSum(run.algorithm()))
            .toList();
    if (runs.isEmpty()) {
      throw new UnsupportedOperationException("no algorithm transforms first");
    }
    Tensor a = trial.floats(pass.left(s));
    Tensor b = trial.floats(pass.right(s));
    Tensor want = pass.reference(s, a, b);
    ConvLaws.requireAlive(trial, s, want);
    Tensor greatest = pass.reference(s, Bounds.greatestOfPlanes(a), Bounds.greatestOfPlanes(b));
    greatest.fill(Bounds.greatest(greatest));
    double[] bounds = Bounds.ofSum(pass.terms(s), greatest, 1);
    for (ConvRun run : runs) {
      double[] own = scaled(bounds, run.errorConstant());
      trial.within(run.toString(), want, run.of(a, b), own);
    }
  }

  private static double[] scaled(double[] bounds, double constant) {
    double[] scaled = new double[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      scaled[i] = constant * bounds[i];
    }
    return scaled;
  }

  private static void gradientsAdd(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor dy = trial.integers(s.y());
    Tensor dw = trial.integers(s.w());
    Tensor db = trial.integers(s.bias());
    Tensor wantDw = dw.copy();
    Tensor wantDb = db.copy();
    ReferenceConv.backwardWeights(s, x, dy, wantDw, wantDb);
    for (ConvBackwardWeights plan : backend.convBackwardWeightsPlans(s)) {
      Tensor gotDb = db.copy();
      Tensor gotDw = added(plan, x, dy, dw, gotDb);
      if (ErrorConstants.KNOWN.isPlainSum(plan.algorithm())) {
        trial.equal(plan.algorithm() + " dw", wantDw, gotDw);
      }
      trial.equal(plan.algorithm() + " db", wantDb, gotDb);
      trial.sameBits(plan.algorithm() + " dw without db", gotDw, added(plan, x, dy, dw, null));
    }
  }

  private static void gradientsAddBounded(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.wideRange(s.x());
    Tensor dy = trial.wideRange(s.y());
    Tensor dw = trial.wideRange(s.w());
    Tensor db = trial.wideRange(s.bias());
    Tensor wantDw = dw.copy();
    Tensor wantDb = db.copy();
    ReferenceConv.backwardWeights(s, x, dy, wantDw, wantDb);
    Tensor sumDw = Bounds.magnitude(dw);
    Tensor sumDb = Bounds.magnitude(db);
    ReferenceConv.backwardWeights(s, Bounds.magnitude(x), Bounds.magnitude(dy), sumDw, sumDb);
    long terms = ConvPass.WEIGHT_GRADIENT.terms(s) + 1; // what they are added to is one more
    for (ConvBackwardWeights plan : backend.convBackwardWeightsPlans(s)) {
      double constant = ErrorConstants.KNOWN.of(plan.algorithm());
      Tensor gotDb = db.copy();
      Tensor gotDw = added(plan, x, dy, dw, gotDb);
      trial.within(plan.algorithm() + " dw", wantDw, gotDw, Bounds.ofSum(terms, sumDw, constant));
      trial.within(plan.algorithm() + " db", wantDb, gotDb, Bounds.ofSum(terms, sumDb, 1));
    }
  }

  private static Tensor added(ConvBackwardWeights plan, Tensor x, Tensor dy, Tensor dw, Tensor db) {
    Tensor sum = dw.copy();
    plan.run(x, dy, sum, db, Workspace.allocate(plan.workspace(), 1), Parallel.SEQUENTIAL);
    return sum;
  }
}
