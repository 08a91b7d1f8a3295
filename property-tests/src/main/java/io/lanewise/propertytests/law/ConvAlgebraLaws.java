package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.dot;
import static io.lanewise.propertytests.law.Elements.plus;
import static io.lanewise.propertytests.law.Elements.times;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;
import java.util.stream.Stream;

/** A convolution is linear in its image and in its weights, and its passes are one form. */
final class ConvAlgebraLaws {
  private static final ConvSubject CONV = ConvSubject.INSTANCE;
  private static final int MOST_EXPONENT = 20;
  private static final float STEP = 0.125f; // of the differences; a power of two, so exact

  static final List<Law<ConvShape>> ALL =
      Stream.of(
              PassLaws.of(
                  "linearity",
                  CONV,
                  "f(a + a', b) = f(a, b) + f(a', b), f(a, b + b') = f(a, b) + f(a, b'), f(3a, b) ="
                      + " 3·f(a, b)",
                  "Goodfellow et al., Deep Learning, 2016, §9.1: a sum of products",
                  ConvAlgebraLaws::linearity),
              PassLaws.of(
                  "scaling",
                  CONV,
                  "f(2^i·a, 2^j·b) = 2^(i+j)·f(a, b) to the bit",
                  "rounding looks at the significand alone while nothing over- or underflows:"
                      + " Higham, Accuracy and Stability of Numerical Algorithms, 2002, §2.1",
                  ConvAlgebraLaws::scaling),
              List.of(
                  new Law<>(
                      "conv.adjoint",
                      CONV,
                      "(y(x, w), dy) = (x, dx(dy, w)), exactly, for whole numbers",
                      "Dumoulin and Visin, A guide to convolution arithmetic for deep learning,"
                          + " 2016, §4.2: the transposed matrix",
                      (backend, s, trial) -> adjoint(backend, s, trial, ConvPass.INPUT_GRADIENT)),
                  new Law<>(
                      "conv.adjoint-weights",
                      CONV,
                      "(y(x, w), dy) = (w, dw(x, dy)), exactly, for whole numbers",
                      "Goodfellow et al., Deep Learning, 2016, §9.5: the three passes are one"
                          + " trilinear form",
                      (backend, s, trial) -> adjoint(backend, s, trial, ConvPass.WEIGHT_GRADIENT)),
                  new Law<>(
                      "conv.differences",
                      CONV,
                      "(y(x + h·v, w) - y(x - h·v, w), dy) = 2h·(v, dx(dy, w)), within the passes'"
                          + " bounds",
                      "central differences, which have no other error where y is linear:"
                          + " Griewank and Walther, Evaluating Derivatives, 2nd ed., 2008, §1",
                      (backend, s, trial) ->
                          differences(backend, s, trial, ConvPass.INPUT_GRADIENT)),
                  new Law<>(
                      "conv.differences-weights",
                      CONV,
                      "(y(x, w + h·v) - y(x, w - h·v), dy) = 2h·(v, dw(x, dy)), within the passes'"
                          + " bounds",
                      "as conv.differences",
                      (backend, s, trial) ->
                          differences(backend, s, trial, ConvPass.WEIGHT_GRADIENT))))
          .flatMap(List::stream)
          .toList();

  private ConvAlgebraLaws() {}

  private static void linearity(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    Tensor a = trial.integers(pass.left(s));
    Tensor a2 = trial.integers(pass.left(s));
    Tensor b = trial.integers(pass.right(s));
    Tensor b2 = trial.integers(pass.right(s));
    for (ConvRun run : pass.exactRuns(backend, s)) {
      Tensor ab = run.of(a, b);
      ConvLaws.requireAlive(trial, s, ab);
      trial.equal(run + " sum left", plus(ab, run.of(a2, b)), run.of(plus(a, a2), b));
      trial.equal(run + " sum right", plus(ab, run.of(a, b2)), run.of(a, plus(b, b2)));
      trial.equal(run + " multiple", times(ab, 3), run.of(times(a, 3), b));
    }
  }

  private static void scaling(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    Tensor a = trial.floats(pass.left(s));
    Tensor b = trial.floats(pass.right(s));
    int i = trial.random().nextInt(-MOST_EXPONENT, MOST_EXPONENT + 1);
    int j = trial.random().nextInt(-MOST_EXPONENT, MOST_EXPONENT + 1);
    for (ConvRun run : pass.runs(backend, s)) {
      Tensor ab = run.of(a, b);
      ConvLaws.requireAlive(trial, s, ab);
      Tensor scaled = run.of(times(a, Math.scalb(1f, i)), times(b, Math.scalb(1f, j)));
      trial.sameBits(run + " 2^" + i + " 2^" + j, times(ab, Math.scalb(1f, i + j)), scaled);
    }
  }

  private static void adjoint(Backend backend, ConvShape s, Trial trial, ConvPass gradient) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor dy = trial.integers(s.y());
    Tensor y = ConvPass.FORWARD.exact(backend, s, x, w);
    ConvLaws.requireAlive(trial, s, y);
    double form = dot(y, dy);
    for (ConvRun run : gradient.exactRuns(backend, s)) {
      Tensor result = run.of(gradient.left(x, w, dy), gradient.right(x, w, dy));
      trial.within(run + " adjoint", form, dot(gradient.out(x, w, dy), result), 0);
    }
  }

  /**
   * Both sides carry the error of a pass, and the forward pass also that of rounding x ± h·v: one
   * more factor 1 + u in each product.
   */
  private static void differences(Backend backend, ConvShape s, Trial trial, ConvPass gradient) {
    Tensor x = trial.floats(s.x());
    Tensor w = trial.floats(s.w());
    Tensor dy = trial.floats(s.y());
    Tensor at = gradient.out(x, w, dy);
    Tensor v = trial.floats(at.shape());
    boolean ofX = gradient == ConvPass.INPUT_GRADIENT;
    ConvRun forward = ConvPass.FORWARD.runs(backend, s).getFirst();
    double difference = 0;
    double forwardError = 0;
    for (int sign = 1; sign >= -1; sign -= 2) {
      Tensor moved = plus(at, times(v, sign * STEP));
      Tensor image = ofX ? moved : x;
      Tensor weights = ofX ? w : moved;
      difference += sign * dot(forward.of(image, weights), dy);
      Tensor magnitudes =
          ConvPass.FORWARD.reference(s, Bounds.magnitude(image), Bounds.magnitude(weights));
      long factors = ConvPass.FORWARD.terms(s) + 1;
      forwardError += weighted(Bounds.ofSum(factors, magnitudes, forward.errorConstant()), dy);
    }
    Tensor left = gradient.left(x, w, dy);
    Tensor right = gradient.right(x, w, dy);
    double gradientError = 2 * STEP * weighted(gradient.bounds(s, left, right, 1), v);
    for (ConvRun run : gradient.runs(backend, s)) {
      double slope = 2 * STEP * dot(v, run.of(left, right));
      double bound = forwardError + run.errorConstant() * gradientError;
      trial.within(run + " slope", difference, slope, bound);
    }
  }

  private static double weighted(double[] bounds, Tensor weights) {
    double sum = 0;
    for (int i = 0; i < bounds.length; i++) {
      sum += bounds[i] * Math.abs(weights.array()[weights.offset() + i]);
    }
    return sum;
  }
}
