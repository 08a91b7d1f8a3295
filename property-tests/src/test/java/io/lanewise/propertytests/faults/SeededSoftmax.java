package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.SoftmaxMistake.*;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Softmax and cross-entropy row by row, in float64. Right, unless it is told a mistake. */
record SeededSoftmax(Mistake mistake) implements Softmax, SoftmaxCrossEntropy {
  private static final int ROWS = 16;

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    Contract contract = new Contract(mistake);
    requireMatrix(x);
    Tensor in = contract.input(x, x.shape(), "x");
    requireShape(y, x.shape(), "y");
    if (mistake != ContractMistake.OVERLAP_ACCEPTED) {
      requireSameOrDisjoint(y, "y", x, "x");
    }
    float before = contract.begin(x.shape().dim(0), y, Workspace.NONE);
    softmax(in, y);
    contract.end(x, y, par, before);
  }

  private void softmax(Tensor x, Tensor y) {
    int rows = x.shape().dim(0);
    int classes = x.shape().dim(1);
    int done = mistake == ROWS_TAIL_DROPPED && rows % ROWS == 1 && rows > 1 ? rows - 1 : rows;
    double all = greatest(x, 0, x.size());
    double sum = 0;
    for (int i = 0; i < done; i++) {
      int row = i * classes;
      double shift = mistake == SHIFTED_BY_ALL ? all : shift(x, row, classes);
      sum = mistake == SUM_NOT_RESET ? sum : 0;
      int summed = mistake == SUM_WITHOUT_TAIL && classes > 4 ? classes / 4 * 4 : classes;
      for (int c = 0; c < summed; c++) {
        sum += exp(at(x, row + c) - shift);
      }
      for (int c = 0; c < classes; c++) {
        double e = exp(at(x, row + c) - shift) / sum;
        y.array()[y.offset() + row + c] = RoundingMistake.apply(mistake, (float) e);
      }
    }
    if (mistake == OVER_THE_BATCH && rows == classes) {
      divideByColumns(y, classes);
    }
  }

  private static void divideByColumns(Tensor y, int n) {
    for (int c = 0; c < n; c++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += y.get(i, c);
      }
      for (int i = 0; i < n; i++) {
        y.set((float) (y.get(i, c) / sum), i, c);
      }
    }
  }

  private double shift(Tensor x, int row, int classes) {
    return mistake == SHIFTED_BY_FIRST
        ? at(x, row)
        : mistake == NOT_SHIFTED ? 0 : greatest(x, row, classes);
  }

  /** As float32 has it: beyond 88 infinite, below -103 0. */
  private static double exp(double x) {
    return (float) StrictMath.exp(x);
  }

  private static double greatest(Tensor x, int from, int count) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      max = Math.max(max, at(x, i));
    }
    return max;
  }

  private static float at(Tensor t, int i) {
    return t.array()[t.offset() + i];
  }

  @Override
  public void backward(Tensor y, Tensor dy, Tensor dx, Parallel par) {
    requireMatrix(y);
    requireShape(dy, y.shape(), "dy");
    requireShape(dx, y.shape(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", y, "y");
    int classes = y.shape().dim(1);
    for (int row = 0; row < y.size(); row += classes) {
      double dot = 0;
      for (int i = row; i < row + classes; i++) {
        dot += (double) at(dy, i) * (mistake == GRADIENT_DOT_OF_DY ? 1 : at(y, i));
      }
      for (int i = row; i < row + classes; i++) {
        double rest = mistake == GRADIENT_WITHOUT_DOT ? at(dy, i) : at(dy, i) - dot;
        dx.array()[dx.offset() + i] = (float) (at(y, i) * rest);
      }
    }
  }

  @Override
  public double forward(
      Tensor logits, int[] labels, Tensor losses, Tensor probabilities, Parallel par) {
    int[] known = known(logits, labels);
    int n = logits.shape().dim(0);
    int classes = logits.shape().dim(1);
    requireShape(losses, Shape.of(n), "losses");
    requireShape(probabilities, logits.shape(), "probabilities");
    requireSameOrDisjoint(probabilities, "probabilities", logits, "logits");
    requireDisjoint(losses, "losses", logits, "logits");
    requireDisjoint(losses, "losses", probabilities, "probabilities");
    double[] logs = new double[n];
    for (int i = 0; i < n; i++) {
      double max = greatest(logits, i * classes, classes);
      for (int c = 0; c < classes; c++) {
        logs[i] += StrictMath.exp(at(logits, i * classes + c) - max);
      }
      logs[i] = StrictMath.log(logs[i]) + (max - at(logits, i * classes + known[i]));
      if (mistake == LABEL_READ_LATE) {
        logs[i] += at(logits, i * classes + known[i]);
      }
    }
    softmax(logits, probabilities);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      int label = i * classes + known[i];
      double late = mistake == LABEL_READ_LATE ? at(logits, label) : 0;
      double loss =
          mistake == LOSS_BY_LOG ? -StrictMath.log(at(probabilities, label)) : logs[i] - late;
      losses.set((float) loss, i);
      sum += losses.get(i);
    }
    return mistake == LOSS_SUMMED || (n == 0 && mistake != NO_ROWS_NAN) ? sum : sum / n;
  }

  private int[] known(Tensor rows, int[] labels) {
    int[] known = labels.clone();
    for (int i = 0; mistake == LABEL_RANGE_UNCHECKED && i < known.length; i++) {
      known[i] = Math.min(known[i], rows.shape().dim(1) - 1);
    }
    SoftmaxCrossEntropy.requireLabels(rows, known);
    return known;
  }

  @Override
  public void backward(Tensor probabilities, int[] labels, Tensor dx, Parallel par) {
    SoftmaxCrossEntropy.requireLabels(probabilities, labels);
    requireShape(dx, probabilities.shape(), "dx");
    requireSameOrDisjoint(dx, "dx", probabilities, "probabilities");
    int n = labels.length;
    int classes = probabilities.shape().dim(1);
    for (int i = 0; i < n; i++) {
      boolean ignored = mistake == LAST_LABEL_IGNORED && labels[i] == classes - 1;
      for (int c = 0; c < classes; c++) {
        float p = at(probabilities, i * classes + c);
        float d = c == labels[i] && !ignored ? p - 1f : p;
        dx.array()[dx.offset() + i * classes + c] = mistake == GRADIENT_SUMMED ? d : d / n;
      }
    }
  }

  private static void requireMatrix(Tensor x) {
    if (x.shape().rank() != 2) {
      throw new IllegalArgumentException("x must have shape [n, classes], got " + x.shape());
    }
  }
}
