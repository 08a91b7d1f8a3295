package io.lanewise.cli.report;

import io.lanewise.cli.page.Fact;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Everything the report of a training run shows; plain data, copied at construction. Any list may
 * be empty, its section then says so.
 *
 * @param title such as "LeNet-5 on MNIST"
 * @param facts how the run was made (model, data, backend, epochs, …, date), in this order
 * @param epochs the curves, in order
 * @param finalTestAccuracy 0 to 1, or NaN without a test set
 * @param classNames by class index
 * @param confusion [actual][predicted], counts of test images
 * @param samples test images to show, in this order; which ones is the caller's choice
 * @param summary the model's layers
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out; reports are not compared
public record TrainingReport(
    String title,
    List<Fact> facts,
    List<EpochPoint> epochs,
    double finalTestAccuracy,
    List<String> classNames,
    long[][] confusion,
    List<SamplePrediction> samples,
    List<SummaryRow> summary) {

  /** Validates, and copies what could change. */
  public TrainingReport {
    Objects.requireNonNull(title, "title");
    Checks.share("final test accuracy", finalTestAccuracy);
    facts = List.copyOf(facts);
    epochs = List.copyOf(epochs);
    classNames = List.copyOf(classNames);
    samples = List.copyOf(samples);
    summary = List.copyOf(summary);
    int classes = classNames.size();
    if (confusion.length != classes) {
      throw new IllegalArgumentException(
          "%d classes need %d confusion rows, got %d"
              .formatted(classes, classes, confusion.length));
    }
    confusion = copy(confusion);
    for (int actual = 0; actual < classes; actual++) {
      if (confusion[actual].length != classes) {
        throw new IllegalArgumentException(
            "confusion row %d must have %d counts, got %d"
                .formatted(actual, classes, confusion[actual].length));
      }
      for (long count : confusion[actual]) {
        Checks.atLeast("counts of confusion row " + actual, 0, count);
      }
    }
    for (SamplePrediction sample : samples) {
      int largest = Math.max(sample.actual(), sample.predicted());
      if (largest >= classes) {
        throw new IllegalArgumentException(
            "a sample names class %d, but there are %d classes".formatted(largest, classes));
      }
    }
  }

  /** A copy of the counts. */
  @Override
  public long[][] confusion() {
    return copy(confusion);
  }

  private static long[][] copy(long[][] rows) {
    return Arrays.stream(rows).map(long[]::clone).toArray(long[][]::new);
  }
}
