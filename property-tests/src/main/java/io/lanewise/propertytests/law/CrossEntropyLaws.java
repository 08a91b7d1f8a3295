package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Bounds.U;
import static io.lanewise.propertytests.law.Elements.at;
import static io.lanewise.propertytests.law.Elements.map;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Law.Statement;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.law.Rows.Loss;
import io.lanewise.propertytests.subject.RowsShape;
import io.lanewise.propertytests.subject.RowsSubject;
import java.util.Arrays;
import java.util.List;

/** Laws of softmax and cross-entropy in one step, forward. */
public final class CrossEntropyLaws {
  private static final String DEFINITION = "definition: SoftmaxCrossEntropy";
  private static final String BOOK =
      "Goodfellow, Bengio and Courville, Deep Learning, 2016, §6.2.2.3";
  private static final String LOG_SUM_EXP =
      "Blanchard, Higham and Higham, Accurately computing the log-sum-exp and softmax functions,"
          + " IMA J. Numer. Anal. 41(4), 2021, §4";

  /** All of them. */
  public static final List<Law<RowsShape>> ALL =
      List.of(
          law(
              "agreement",
              "|loss - (log Σ exp(x) - x[label])| within softmax's bound",
              LOG_SUM_EXP,
              CrossEntropyLaws::agreement),
          law(
              "mean",
              "the mean is the mean of the losses; 0 of none",
              DEFINITION,
              CrossEntropyLaws::mean),
          law("not-negative", "loss >= 0", BOOK, CrossEntropyLaws::notNegative),
          law("is-minus-log", "loss = -log p[label]", BOOK, CrossEntropyLaws::minusLog),
          law("probabilities", "p = softmax(x)", DEFINITION, CrossEntropyLaws::probabilities),
          law("shift", "loss(x + c) = loss(x)", BOOK, CrossEntropyLaws::shift),
          law("uniform", "equal logits: loss = log(classes)", BOOK, CrossEntropyLaws::uniform),
          law(
              "overflow",
              "logits of any size: losses are finite and max - x[label] or more",
              LOG_SUM_EXP,
              CrossEntropyLaws::overflow),
          law(
              "rows",
              "each row alone: in any order, or without the others, the same bits",
              DEFINITION,
              CrossEntropyLaws::rows));

  private CrossEntropyLaws() {}

  static Law<RowsShape> law(
      String name, String formula, String source, Statement<RowsShape> statement) {
    return new Law<>(
        "cross-entropy." + name, RowsSubject.CROSS_ENTROPY, formula, source, statement);
  }

  /** What the losses are, rounded once. */
  private static Tensor reference(Tensor x, int[] labels) {
    Tensor losses = Tensor.zeros(Shape.of(labels.length));
    for (int i = 0; i < labels.length; i++) {
      losses.array()[i] = (float) ReferenceElementwise.crossEntropy(x, i, labels[i]);
    }
    return losses;
  }

  private static void agreement(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    int[] labels = Rows.labels(s, trial.random());
    Tensor want = reference(x, labels);
    Loss got = Rows.loss(backend, x, labels);
    trial.within("losses", want, got.losses(), Rows.lossBounds(x, want));
    Tensor p = Rows.reference(x);
    trial.within("probabilities", p, got.probabilities(), Rows.bounds(x, p));
  }

  private static void mean(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    Loss loss = Rows.loss(backend, x, Rows.labels(s, trial.random()));
    double want = s.n() == 0 ? 0 : Elements.sum(loss.losses()) / s.n();
    trial.within("mean", want, loss.mean(), 2 * U * want); // of losses before they were rounded
  }

  private static void notNegative(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    Tensor losses = Rows.loss(backend, x, Rows.labels(s, trial.random())).losses();
    trial.equal("losses", map(losses, Math::abs), losses);
  }

  private static void minusLog(Backend backend, RowsShape s, Trial trial) {
    Tensor x = trial.floats(s.shape());
    int[] labels = Rows.labels(s, trial.random());
    Loss loss = Rows.loss(backend, x, labels);
    Tensor want = Tensor.zeros(loss.losses().shape());
    for (int i = 0; i < s.n(); i++) {
      want.array()[i] = (float) -StrictMath.log(loss.probabilities().get(i, labels[i]));
    }
    double[] bounds =
        Arrays.stream(Rows.lossBounds(x, want)).map(b -> 2 * b).toArray(); // of both sides
    trial.within("losses", want, loss.losses(), bounds);
  }

  private static void probabilities(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    Tensor want = Rows.softmax(backend, x);
    Loss loss = Rows.loss(backend, x, Rows.labels(s, trial.random()));
    double[] bounds = Arrays.stream(Rows.bounds(x, want)).map(b -> 2 * b).toArray();
    trial.within("probabilities", want, loss.probabilities(), bounds);
    SoftmaxLaws.requireSum(trial, loss.probabilities());
  }

  private static void shift(Backend backend, RowsShape s, Trial trial) {
    Tensor x = trial.integers(s.shape());
    int[] labels = Rows.labels(s, trial.random());
    int c = trial.random().nextInt(-100_000, 100_001);
    Tensor want = Rows.loss(backend, x, labels).losses();
    Tensor got = Rows.loss(backend, map(x, v -> v + c), labels).losses();
    double[] bounds = Arrays.stream(Rows.lossBounds(x, want)).map(b -> 2 * b).toArray();
    trial.within("losses", want, got, bounds);
  }

  private static void uniform(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Tensor.zeros(s.shape()).fill(Values.finite(Shape.of(1), trial).get(0));
    Loss loss = Rows.loss(backend, x, Rows.labels(s, trial.random()));
    Tensor want = Tensor.zeros(Shape.of(s.n())).fill((float) StrictMath.log(s.classes()));
    trial.within("losses", want, loss.losses(), Rows.lossBounds(x, want));
  }

  /** Up to a third of what a float holds, so that a difference of two is one. */
  private static void overflow(Backend backend, RowsShape s, Trial trial) {
    float third = Float.MAX_VALUE / 3;
    Tensor x = map(Values.finite(s.shape(), trial), v -> Math.clamp(v, -third, third));
    int[] labels = Rows.labels(s, trial.random());
    Tensor want = reference(x, labels);
    Tensor got = Rows.loss(backend, x, labels).losses();
    trial.within("losses", want, got, Rows.lossBounds(x, want));
    for (int i = 0; i < s.n(); i++) {
      int row = i;
      trial.require(Float.isFinite(at(got, i)), () -> "loss " + row + " is " + at(got, row));
    }
  }

  private static void rows(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    int[] labels = Rows.labels(s, trial.random());
    Loss all = Rows.loss(backend, x, labels);
    int[] order = Axes.permutation(s.n(), trial.random());
    int[] some = Arrays.copyOf(order, trial.random().nextInt(s.n() + 1));
    for (int[] which : new int[][] {order, some}) {
      int[] chosen = Arrays.stream(which).map(row -> labels[row]).toArray();
      Loss loss = Rows.loss(backend, Axes.pick(x, 0, which), chosen);
      trial.sameBits("losses", Axes.pick(all.losses(), 0, which), loss.losses());
      Tensor p = Axes.pick(all.probabilities(), 0, which);
      trial.sameBits("probabilities", p, loss.probabilities());
    }
  }
}
