package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Bounds.U;
import static io.lanewise.propertytests.law.Elements.map;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.law.Rows.Loss;
import io.lanewise.propertytests.subject.RowsShape;
import java.util.Arrays;
import java.util.List;

/** Laws of the cross-entropy's gradient, and what it refuses. */
public final class CrossEntropyGradientLaws {
  private static final float STEP = 1f / 256;
  private static final String BOOK =
      "Bishop, Pattern Recognition and Machine Learning, 2006, §4.3.4";

  /** All of them. */
  public static final List<Law<RowsShape>> ALL =
      List.of(
          CrossEntropyLaws.law(
              "backward-agreement",
              "dx = (p - [c = label]) / n, each of two steps rounded",
              BOOK,
              CrossEntropyGradientLaws::agreement),
          CrossEntropyLaws.law(
              "backward-sum",
              "Σ dx = 0 over each row, within (2·classes + 8)·u/n",
              BOOK,
              CrossEntropyGradientLaws::sum),
          CrossEntropyLaws.law(
              "backward-signs",
              "dx <= 0 at the label, >= 0 elsewhere",
              BOOK,
              CrossEntropyGradientLaws::signs),
          CrossEntropyLaws.law(
              "central-differences",
              "|(mean(x+he) - mean(x-he))/2h - (dx, e)| <= 2h² and the roundings",
              "Burden and Faires, Numerical Analysis, 9th ed., 2011, §4.1; a third cumulant of"
                  + " |e| <= 1 is below 8",
              CrossEntropyGradientLaws::differences),
          CrossEntropyLaws.law(
              "labels",
              "labels that are no class numbers, or not one a row, are refused",
              "definition: SoftmaxCrossEntropy",
              CrossEntropyGradientLaws::labels));

  private CrossEntropyGradientLaws() {}

  private static void agreement(Backend backend, RowsShape s, Trial trial) {
    Tensor p = Rows.reference(Rows.logits(s, trial));
    int[] labels = Rows.labels(s, trial.random());
    Tensor want = p.copy();
    for (int i = 0; i < want.size(); i++) {
      double one = i % s.classes() == labels[i / s.classes()] ? 1 : 0;
      want.array()[i] = (float) ((p.array()[i] - one) / s.n());
    }
    double[] bounds = Elements.bounds(want, v -> 4 * U * Math.abs(v) + Float.MIN_VALUE);
    trial.within("dx", want, Rows.lossBackward(backend, p, labels), bounds);
  }

  private static void sum(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    int[] labels = Rows.labels(s, trial.random());
    Tensor p = Rows.loss(backend, x, labels).probabilities();
    Tensor dx = Rows.lossBackward(backend, p, labels);
    Tensor sums = Tensor.zeros(Shape.of(s.n()));
    for (int row = 0; row < s.n(); row++) {
      sums.array()[row] = (float) Elements.sum(dx.slice(row, row + 1));
    }
    double bound = (2 * s.classes() + 8) * U / s.n() + s.classes() * Rows.FLUSHED;
    trial.within("Σ dx", Tensor.zeros(sums.shape()), sums, Elements.bounds(sums, v -> bound));
  }

  private static void signs(Backend backend, RowsShape s, Trial trial) {
    Tensor p = Rows.reference(Rows.logits(s, trial));
    int[] labels = Rows.labels(s, trial.random());
    Tensor dx = Rows.lossBackward(backend, p, labels);
    Tensor want = dx.copy();
    for (int i = 0; i < want.size(); i++) {
      boolean isLabel = i % s.classes() == labels[i / s.classes()];
      float magnitude = Math.abs(want.array()[i]);
      want.array()[i] = isLabel ? -magnitude : magnitude;
    }
    trial.equal("dx", want, dx);
  }

  /** In a direction e of -1, 0 and 1, on a grid so that every step is exact. */
  private static void differences(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Values.grid(s.shape(), STEP, trial);
    Tensor e = map(x, v -> trial.random().nextInt(-1, 2));
    int[] labels = Rows.labels(s, trial.random());
    Loss loss = Rows.loss(backend, x, labels);
    double up = Rows.loss(backend, map(x, e, (v, d) -> v + STEP * d), labels).mean();
    double down = Rows.loss(backend, map(x, e, (v, d) -> v - STEP * d), labels).mean();
    Tensor dx = Rows.lossBackward(backend, loss.probabilities(), labels);
    double error = 0;
    double off = 0;
    for (int row = 0; row < s.n(); row++) {
      error = Math.max(error, Rows.lossBounds(x, loss.losses())[row]);
      off = Math.max(off, Rows.relative(x, row) + 4 * U);
    }
    double bound = 1.01 * error / STEP + 2 * STEP * STEP + 2 * off;
    trial.within("(dx, e)", (up - down) / (2 * STEP), Elements.dot(dx, e), bound);
  }

  private static void labels(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    int[] labels = Rows.labels(s, trial.random());
    refused(backend, trial, x, Arrays.copyOf(labels, s.n() + 1));
    if (s.n() > 0) {
      refused(backend, trial, x, Arrays.copyOf(labels, s.n() - 1));
      int row = trial.random().nextInt(s.n());
      for (int wrong : new int[] {-1, s.classes(), Integer.MIN_VALUE, Integer.MAX_VALUE}) {
        int[] changed = labels.clone();
        changed[row] = wrong;
        refused(backend, trial, x, changed);
      }
    }
  }

  private static void refused(Backend backend, Trial trial, Tensor x, int[] labels) {
    trial.refused("forward", () -> Rows.loss(backend, x, labels));
    trial.refused("backward", () -> Rows.lossBackward(backend, x, labels));
  }
}
