package io.lanewise.training.metrics;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each: a row for the actual class, a column for the predicted
 * one. Not for several threads at once.
 */
public final class ConfusionMatrix {
  private final List<String> classNames;
  private final long[][] counts; // [actual][predicted]

  /** An empty matrix of classes called "0", "1" and so on. */
  public ConfusionMatrix(int classes) {
    this(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /**
   * An empty matrix.
   *
   * @param classNames by label
   * @throws IllegalArgumentException if there is none
   */
  public ConfusionMatrix(List<String> classNames) {
    if (classNames.isEmpty()) {
      throw new IllegalArgumentException("expected at least one class, got 0");
    }
    this.classNames = List.copyOf(classNames);
    this.counts = new long[classNames.size()][classNames.size()];
  }

  /**
   * Counts one prediction.
   *
   * @throws IndexOutOfBoundsException if one of them is not a class
   */
  public void add(int actual, int predicted) {
    int classes = classNames.size();
    counts[Objects.checkIndex(actual, classes)][Objects.checkIndex(predicted, classes)]++;
  }

  /** Number of classes. */
  public int classes() {
    return classNames.size();
  }

  /** The classes' names, by label. */
  public List<String> classNames() {
    return classNames;
  }

  /** How often {@code actual} was taken for {@code predicted}. */
  public long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** A copy of the counts, [actual][predicted]. */
  public long[][] counts() {
    long[][] copy = new long[classes()][classes()];
    for (int actual = 0; actual < classes(); actual++) {
      for (int predicted = 0; predicted < classes(); predicted++) {
        copy[actual][predicted] = count(actual, predicted);
      }
    }
    return copy;
  }

  /** All predictions counted. */
  public long count() {
    long sum = 0;
    for (int c = 0; c < classes(); c++) {
      sum += actualCount(c);
    }
    return sum;
  }

  /** Predictions for images of class {@code c}: its row's sum. */
  public long actualCount(int c) {
    long sum = 0;
    for (long n : counts[c]) {
      sum += n;
    }
    return sum;
  }

  /** Predictions of class {@code c}, right or wrong: its column's sum. */
  public long predictedCount(int c) {
    long sum = 0;
    for (long[] row : counts) {
      sum += row[c];
    }
    return sum;
  }

  /** Right predictions by all predictions; NaN if there were none. */
  public double accuracy() {
    long right = 0;
    for (int c = 0; c < classes(); c++) {
      right += counts[c][c];
    }
    return ratio(right, count());
  }

  /** Of the predictions of class {@code c}, the share that is right; NaN if there were none. */
  public double precision(int c) {
    return ratio(counts[c][c], predictedCount(c));
  }

  /** Of the images of class {@code c}, the share that was found; NaN if there were none. */
  public double recall(int c) {
    return ratio(counts[c][c], actualCount(c));
  }

  /**
   * The harmonic mean of precision and recall, {@code 2 tp / (2 tp + fp + fn)}; NaN if class {@code
   * c} neither came nor was predicted.
   */
  public double f1(int c) {
    return ratio(2 * counts[c][c], actualCount(c) + predictedCount(c));
  }

  /** 0 / 0 is NaN here: nothing is known. */
  private static double ratio(long part, long whole) {
    return (double) part / whole;
  }

  /**
   * A table for a terminal: a row for each actual class, with its number and name; a column for
   * each predicted class, with its number; then precision, recall and F1 in percent.
   */
  @Override
  public String toString() {
    return new ConfusionTable(this).toString();
  }
}
