package io.lanewise.cli.report;

import io.lanewise.cli.page.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A made-up training run with ten classes, for the tests of this package. */
final class ExampleReport {

  private ExampleReport() {}

  static TrainingReport digits() {
    return withClasses(IntStream.range(0, 10).mapToObj(Integer::toString).toList());
  }

  /** The same run, its classes called otherwise. */
  static TrainingReport withClasses(List<String> classNames) {
    return new TrainingReport(
        "LeNet-5 on MNIST",
        facts(),
        epochs(),
        9815 / 9876.0,
        classNames,
        confusion(classNames.size()),
        samples(classNames.size()),
        summary());
  }

  /** Nothing was trained, tested or shown. */
  static TrainingReport empty() {
    return new TrainingReport(
        "Nothing",
        List.of(),
        List.of(),
        Double.NaN,
        List.of(),
        new long[0][],
        List.of(),
        List.of());
  }

  static List<Fact> facts() {
    return List.of(
        new Fact("Model", "lenet5"),
        new Fact("Data", "MNIST, 60,000 + 10,000 images"),
        new Fact("Backend", "simd 256-bit, 8 lanes"),
        new Fact("Epochs", "6"),
        new Fact("Batch size", "64"),
        new Fact("Learning rate", "0.05, cosine"),
        new Fact("Seed", "42"),
        new Fact("Threads", "2"),
        new Fact("Images/s", "21,734"),
        new Fact("Training time", "16.6 s"),
        new Fact("Date", "2026-11-22 10:15"));
  }

  private static List<EpochPoint> epochs() {
    List<EpochPoint> points = new ArrayList<>();
    for (int e = 1; e <= 6; e++) {
      double rest = Math.exp(-0.8 * e);
      points.add(
          new EpochPoint(
              e, 0.02 + 0.7 * rest, 0.996 - 0.2 * rest, 0.041 + 0.5 * rest, 0.988 - 0.1 * rest));
    }
    return points;
  }

  private static long[][] confusion(int classes) {
    long[][] counts = new long[classes][classes];
    for (int actual = 0; actual < classes; actual++) {
      for (int predicted = 0; predicted < classes; predicted++) {
        int mixed = (actual * 7 + predicted * 11 + actual * predicted) % 13;
        counts[actual][predicted] =
            actual == predicted ? 950 + 7L * actual : Math.max(0, mixed - 8);
      }
    }
    return counts;
  }

  private static List<SamplePrediction> samples(int classes) {
    List<SamplePrediction> samples = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      int actual = i % classes;
      int predicted = i % 6 == 3 ? (actual + 5) % classes : actual;
      samples.add(
          new SamplePrediction(
              ring(i), 28, 28, actual, predicted, predicted == actual ? 0.9987 : 0.6125));
    }
    return samples;
  }

  /** A bright ring, its shape depending on i. */
  private static byte[] ring(int i) {
    byte[] pixels = new byte[28 * 28];
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        double r = Math.hypot((x - 13.5) * (1 + i % 3 * 0.4), (y - 13.5) * (1 + i % 2 * 0.3));
        pixels[y * 28 + x] = (byte) Math.max(0, 255 - (int) (90 * Math.abs(r - 8)));
      }
    }
    return pixels;
  }

  private static List<SummaryRow> summary() {
    return List.of(
        new SummaryRow("Conv2d 1→6, 5×5, padding 2", "6 × 28 × 28", 156, "5 × 5", 235_200),
        new SummaryRow("ReLU", "6 × 28 × 28", 0, "5 × 5", 4_704),
        new SummaryRow("MaxPool2d 2×2", "6 × 14 × 14", 0, "6 × 6", 4_704),
        new SummaryRow("Conv2d 6→16, 5×5", "16 × 10 × 10", 2_416, "14 × 14", 480_000),
        new SummaryRow("ReLU", "16 × 10 × 10", 0, "14 × 14", 1_600),
        new SummaryRow("MaxPool2d 2×2", "16 × 5 × 5", 0, "16 × 16", 1_600),
        new SummaryRow("Linear 400→120", "120", 48_120, "32 × 32", 96_000),
        new SummaryRow("ReLU", "120", 0, "32 × 32", 120),
        new SummaryRow("Linear 120→84", "84", 10_164, "32 × 32", 20_160),
        new SummaryRow("ReLU", "84", 0, "32 × 32", 84),
        new SummaryRow("Linear 84→10", "10", 850, "32 × 32", 1_680));
  }
}
