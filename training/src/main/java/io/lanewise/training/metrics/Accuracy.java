package io.lanewise.training.metrics;

import io.lanewise.kernels.tensor.Tensor;
import java.util.Locale;
import java.util.Objects;

/** The share of right predictions, counted as they come. Not for several threads at once. */
public final class Accuracy {
  private long correct;
  private long count;

  /** Starts from nothing. */
  public Accuracy() {}

  /** Counts one prediction. */
  public void add(int actual, int predicted) {
    count++;
    if (actual == predicted) {
      correct++;
    }
  }

  /**
   * Counts a batch; the class with the highest score is the prediction, the first of equals.
   *
   * @param scores logits or probabilities, [n][classes], read
   * @param actual labels, read from {@code from} to {@code from + n - 1}
   * @throws IllegalArgumentException if {@code scores} is not of rank 2 or has no classes
   */
  public void add(Tensor scores, int[] actual, int from) {
    if (scores.shape().rank() != 2 || scores.shape().dim(1) == 0) {
      throw new IllegalArgumentException(
          "expected scores of shape [n][classes], got " + scores.shape());
    }
    int n = scores.shape().dim(0);
    int classes = scores.shape().dim(1);
    Objects.checkFromIndexSize(from, n, actual.length);
    for (int row = 0; row < n; row++) {
      int at = scores.offset() + row * classes;
      add(actual[from + row], TopK.best(scores.array(), at, classes));
    }
  }

  /** Predictions counted. */
  public long count() {
    return count;
  }

  /** Right predictions counted. */
  public long correct() {
    return correct;
  }

  /** Right predictions by all predictions, from 0 to 1; NaN if there were none. */
  public double value() {
    return count == 0 ? Double.NaN : (double) correct / count;
  }

  /** Starts again from nothing. */
  public void reset() {
    correct = 0;
    count = 0;
  }

  /** For example {@code 87.12% (8712 of 10000)}. */
  @Override
  public String toString() {
    return count == 0
        ? "no predictions"
        : String.format(Locale.ROOT, "%.2f%% (%d of %d)", 100 * value(), correct, count);
  }
}
