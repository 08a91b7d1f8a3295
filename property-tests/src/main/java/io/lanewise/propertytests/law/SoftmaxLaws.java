package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Bounds.U;
import static io.lanewise.propertytests.law.Elements.at;
import static io.lanewise.propertytests.law.Elements.map;
import static io.lanewise.propertytests.law.Elements.oneNan;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Law.Statement;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.RowsShape;
import io.lanewise.propertytests.subject.RowsSubject;
import java.util.Arrays;
import java.util.List;

/** Laws of softmax, forward. */
public final class SoftmaxLaws {
  private static final String DEFINITION = "definition: Softmax";
  private static final String BOOK =
      "Goodfellow, Bengio and Courville, Deep Learning, 2016, §6.2.2.3";
  private static final String SHIFTED =
      "Blanchard, Higham and Higham, Accurately computing the log-sum-exp and softmax functions,"
          + " IMA J. Numer. Anal. 41(4), 2021, §4";

  /** All of them. */
  public static final List<Law<RowsShape>> ALL =
      List.of(
          law(
              "agreement",
              "|y - ŷ| <= (2·|x - max| + classes + 20)·u·y",
              SHIFTED,
              SoftmaxLaws::agreement),
          law(
              "sum",
              "|Σ y - 1| <= (classes + 5)·u + classes·2e-38 over each row",
              BOOK,
              SoftmaxLaws::sum),
          law("range", "0 <= y <= 1; y > 0 if x > max - 80", BOOK, SoftmaxLaws::range),
          law("shift", "f(x + c) = f(x)", BOOK, SoftmaxLaws::shift),
          law(
              "uniform",
              "equal logits: y = 1/classes, all the same bits",
              BOOK,
              SoftmaxLaws::uniform),
          law("two-classes", "f(a, b) = (1 ± tanh((a - b)/2)) / 2", BOOK, SoftmaxLaws::twoClasses),
          law(
              "class-order",
              "f(xP) = f(x)P for a permutation P of the classes",
              DEFINITION,
              SoftmaxLaws::classOrder),
          law(
              "rows",
              "each row alone: in any order, or without the others, the same bits",
              DEFINITION,
              SoftmaxLaws::rows),
          law("overflow", "logits of any size: y finite, Σ y = 1", SHIFTED, SoftmaxLaws::overflow),
          law("mask", "a logit of -Infinity takes no part", BOOK, SoftmaxLaws::mask),
          law(
              "nan",
              "a row with a NaN or +Infinity is NaN, no other is",
              DEFINITION,
              SoftmaxLaws::nan));

  private SoftmaxLaws() {}

  static Law<RowsShape> law(
      String name, String formula, String source, Statement<RowsShape> statement) {
    return new Law<>("softmax." + name, RowsSubject.SOFTMAX, formula, source, statement);
  }

  private static void agreement(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    Tensor want = Rows.reference(x);
    trial.within("y", want, Rows.softmax(backend, x), Rows.bounds(x, want));
  }

  /**
   * Products with the rounded reciprocal of a rounded sum: a rounding each for the sum's terms, the
   * reciprocal, the product and the float below, two for a division in its place and for products
   * of errors; and what is subnormal may be 0.
   */
  static void requireSum(Trial trial, Tensor y) {
    int n = y.shape().dim(0);
    int classes = y.shape().dim(1);
    Tensor ones = Tensor.zeros(Shape.of(n)).fill(1f);
    Tensor sums = Tensor.zeros(Shape.of(n));
    for (int row = 0; row < n; row++) {
      double sum = Elements.sum(y.slice(row, row + 1));
      sums.array()[row] = (float) sum;
    }
    double bound = (classes + 5) * U + classes * Rows.FLUSHED;
    trial.within("Σ y", ones, sums, Elements.bounds(ones, one -> bound));
  }

  private static void sum(Backend backend, RowsShape s, Trial trial) {
    requireSum(trial, Rows.softmax(backend, Rows.logits(s, trial)));
  }

  private static void range(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    Tensor y = Rows.softmax(backend, x);
    Tensor want = map(y, v -> Math.clamp(v, 0, 1));
    trial.within("y", want, y, Elements.bounds(want, v -> v < 1 ? 0 : 4 * U));
    for (int i = 0; i < y.size(); i++) {
      int at = i;
      float max = Float.NEGATIVE_INFINITY;
      for (int c = 0; c < s.classes(); c++) {
        max = Math.max(max, x.get(i / s.classes(), c));
      }
      boolean isSmall = at(x, i) <= max - 80;
      trial.require(
          isSmall || at(y, i) > 0, () -> "element " + at + ": got " + at(y, at) + ", not above 0");
    }
  }

  /** Whole numbers, so that x + c is exact. */
  private static void shift(Backend backend, RowsShape s, Trial trial) {
    Tensor x = trial.integers(s.shape());
    int c = trial.random().nextInt(-100_000, 100_001);
    Tensor want = Rows.softmax(backend, x);
    double[] bounds = Rows.bounds(x, want);
    trial.within("f(x + c)", want, Rows.softmax(backend, map(x, v -> v + c)), doubled(bounds));
  }

  /** For two results that are each off. */
  private static double[] doubled(double[] bounds) {
    return Arrays.stream(bounds).map(b -> 2 * b).toArray();
  }

  private static void uniform(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Tensor.zeros(s.shape()).fill(Values.finite(Shape.of(1), trial).get(0));
    Tensor y = Rows.softmax(backend, x);
    Tensor want = Tensor.zeros(s.shape()).fill(1f / s.classes());
    trial.within("y", want, y, Rows.bounds(x, want));
    if (y.size() > 0) {
      trial.sameBits("y of equal logits", Tensor.zeros(s.shape()).fill(y.array()[0]), y);
    }
  }

  private static void twoClasses(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Values.grid(Shape.of(s.n(), 2), 1f / 64, trial);
    Tensor half = Tensor.zeros(Shape.of(s.n()));
    for (int row = 0; row < s.n(); row++) {
      half.array()[row] = (x.get(row, 0) - x.get(row, 1)) / 2;
    }
    Tensor t = ActivationLaws.forward(backend, Activation.tanh(), half);
    Tensor want = Tensor.zeros(x.shape());
    for (int i = 0; i < want.size(); i++) {
      double tanh = at(t, i / 2);
      want.array()[i] = (float) ((1 + (i % 2 == 0 ? tanh : -tanh)) / 2);
    }
    double[] bounds = Rows.bounds(x, want);
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] += ActivationLaws.tanhError(at(t, i / 2));
    }
    trial.within("y", want, Rows.softmax(backend, x), bounds);
  }

  private static void classOrder(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    int[] order = Axes.permutation(s.classes(), trial.random());
    Tensor want = Axes.pick(Rows.softmax(backend, x), 1, order);
    Tensor other = Axes.pick(x, 1, order);
    double[] bounds = doubled(Rows.bounds(other, want));
    trial.within("f(xP)", want, Rows.softmax(backend, other), bounds);
  }

  private static void rows(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    Tensor y = Rows.softmax(backend, x);
    int[] order = Axes.permutation(s.n(), trial.random());
    int[] some = Arrays.copyOf(order, trial.random().nextInt(s.n() + 1));
    for (int[] which : new int[][] {order, some}) {
      Tensor got = Rows.softmax(backend, Axes.pick(x, 0, which));
      trial.sameBits("y", Axes.pick(y, 0, which), got);
    }
  }

  private static void overflow(Backend backend, RowsShape s, Trial trial) {
    requireSum(trial, Rows.softmax(backend, Values.finite(s.shape(), trial)));
  }

  private static void mask(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    int[] order = Axes.permutation(s.classes(), trial.random());
    int[] kept = Arrays.copyOf(order, 1 + trial.random().nextInt(s.classes()));
    Tensor masked = Tensor.zeros(s.shape()).fill(Float.NEGATIVE_INFINITY);
    for (int row = 0; row < s.n(); row++) {
      for (int c : kept) {
        masked.set(x.get(row, c), row, c);
      }
    }
    Tensor rest = Axes.pick(x, 1, kept);
    Tensor alone = Rows.softmax(backend, rest);
    Tensor got = Rows.softmax(backend, masked);
    trial.within("y", alone, Axes.pick(got, 1, kept), doubled(Rows.bounds(rest, alone)));
    int[] out = Arrays.copyOfRange(order, kept.length, order.length);
    trial.equal("y", Tensor.zeros(s.n(), out.length), Axes.pick(got, 1, out));
  }

  private static void nan(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Rows.logits(s, trial);
    Tensor want = Rows.softmax(backend, x);
    if (s.n() > 0) {
      int row = trial.random().nextInt(s.n());
      int c = trial.random().nextInt(s.classes());
      x.set(trial.random().nextBoolean() ? Float.NaN : Float.POSITIVE_INFINITY, row, c);
      want.slice(row, row + 1).fill(Float.NaN);
    }
    trial.sameBits("y", oneNan(want), oneNan(Rows.softmax(backend, x)));
  }
}
