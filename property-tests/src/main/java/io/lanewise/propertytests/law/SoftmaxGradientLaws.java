package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Bounds.U;
import static io.lanewise.propertytests.law.Elements.at;
import static io.lanewise.propertytests.law.Elements.map;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.RowsShape;
import java.util.List;

/** Laws of softmax's gradient, {@code dx = (diag(y) - y·yᵀ)·dy}. */
public final class SoftmaxGradientLaws {
  private static final float STEP = 1f / 256;
  private static final String JACOBIAN =
      "Gao and Pavel, On the properties of the softmax function, 2017, Proposition 2";

  /** All of them. */
  public static final List<Law<RowsShape>> ALL =
      List.of(
          SoftmaxLaws.law(
              "backward-agreement",
              "|dx - dx̂| <= u·y·((classes + 5)·Σ|dy·y| + 3·|dy|)",
              "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.1",
              SoftmaxGradientLaws::agreement),
          SoftmaxLaws.law(
              "backward-sum", "Σ dx = 0 over each row", JACOBIAN, SoftmaxGradientLaws::sum),
          SoftmaxLaws.law(
              "backward-constant",
              "dx = 0 of a constant dy",
              JACOBIAN,
              SoftmaxGradientLaws::constant),
          SoftmaxLaws.law(
              "backward-symmetry", "(a, J·b) = (b, J·a)", JACOBIAN, SoftmaxGradientLaws::symmetry),
          SoftmaxLaws.law(
              "central-differences",
              "|(f(x+he) - f(x-he))/2h - J·e| <= 4h²·y and the roundings",
              "Burden and Faires, Numerical Analysis, 9th ed., 2011, §4.1; |y'''| <= 22y as |e| <="
                  + " 1",
              SoftmaxGradientLaws::differences));

  private SoftmaxGradientLaws() {}

  /** Σ|dy·y| of a row. */
  private static double sum(Tensor y, Tensor dy, int row) {
    double sum = 0;
    for (int c = 0; c < y.shape().dim(1); c++) {
      sum += Math.abs((double) y.get(row, c) * dy.get(row, c));
    }
    return sum;
  }

  private static double[] bounds(Tensor y, Tensor dy) {
    int classes = y.shape().dim(1);
    double[] bounds = new double[y.size()];
    for (int row = 0; row < y.shape().dim(0); row++) {
      double sum = sum(y, dy, row);
      for (int c = 0; c < classes; c++) {
        double size = (classes + 5) * sum + 3 * Math.abs(dy.get(row, c));
        bounds[row * classes + c] = U * y.get(row, c) * size + Float.MIN_VALUE;
      }
    }
    return bounds;
  }

  private static void agreement(Backend backend, RowsShape s, Trial trial) {
    Tensor y = Rows.reference(Rows.logits(s, trial));
    Tensor dy = trial.wideRange(s.shape());
    Tensor want = Tensor.zeros(s.shape());
    ReferenceElementwise.softmaxBackward(y, dy, want);
    trial.within("dx", want, Rows.softmaxBackward(backend, y, dy), bounds(y, dy));
  }

  /** Of rows of y that do not add up to 1 exactly, and of a dx that is off by the bounds above. */
  private static void sum(Backend backend, RowsShape s, Trial trial) {
    Tensor y = Rows.softmax(backend, Rows.logits(s, trial));
    Tensor dy = trial.floats(s.shape());
    Tensor dx = Rows.softmaxBackward(backend, y, dy);
    Tensor sums = Tensor.zeros(Shape.of(s.n()));
    double[] bounds = new double[s.n()];
    for (int row = 0; row < s.n(); row++) {
      sums.array()[row] = (float) Elements.sum(dx.slice(row, row + 1));
      bounds[row] = U * (2 * s.classes() + 16) * sum(y, dy, row) + s.classes() * Rows.FLUSHED;
    }
    trial.within("Σ dx", Tensor.zeros(sums.shape()), sums, bounds);
  }

  private static void constant(Backend backend, RowsShape s, Trial trial) {
    Tensor y = Rows.softmax(backend, Rows.logits(s, trial));
    Tensor dy = Tensor.zeros(s.shape()).fill(3f);
    Tensor dx = Rows.softmaxBackward(backend, y, dy);
    double bound = 3 * U * (2 * s.classes() + 16);
    double[] bounds = Elements.bounds(y, v -> bound * v + Rows.FLUSHED);
    trial.within("dx", Tensor.zeros(s.shape()), dx, bounds);
  }

  private static void symmetry(Backend backend, RowsShape s, Trial trial) {
    Tensor y = Rows.softmax(backend, Rows.logits(s, trial));
    Tensor a = trial.floats(s.shape());
    Tensor b = trial.floats(s.shape());
    double[] boundsA = bounds(y, a);
    double[] boundsB = bounds(y, b);
    double bound = 0;
    for (int i = 0; i < y.size(); i++) {
      bound += Math.abs(at(b, i)) * boundsA[i] + Math.abs(at(a, i)) * boundsB[i];
    }
    double ab = Elements.dot(a, Rows.softmaxBackward(backend, y, b));
    double ba = Elements.dot(b, Rows.softmaxBackward(backend, y, a));
    trial.within("(b, J·a)", ab, ba, bound);
  }

  /** In a direction e of -1, 0 and 1, on a grid so that every step is exact. */
  private static void differences(Backend backend, RowsShape s, Trial trial) {
    Tensor x = Values.grid(s.shape(), STEP, trial);
    Tensor e = map(x, v -> trial.random().nextInt(-1, 2));
    Tensor y = Rows.softmax(backend, x);
    Tensor up = Rows.softmax(backend, map(x, e, (v, d) -> v + STEP * d));
    Tensor down = Rows.softmax(backend, map(x, e, (v, d) -> v - STEP * d));
    Tensor want = map(up, down, (a, b) -> (float) (((double) a - b) / (2 * STEP)));
    double[] bounds = bounds(y, e);
    double[] errors = Rows.bounds(x, y);
    for (int i = 0; i < bounds.length; i++) {
      // y itself is off, too, and with it the slope, which is at most 2 in units of y.
      bounds[i] += (1.01 / STEP + 4) * errors[i] + 4 * STEP * STEP * at(y, i);
    }
    trial.within("J·e", want, Rows.softmaxBackward(backend, y, e), bounds);
  }
}
