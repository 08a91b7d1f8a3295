package io.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TrainingReportTest {

  @Test
  void arraysAreCopiedInAndOut() {
    long[][] counts = {{1}};
    byte[] pixels = {7};
    TrainingReport report =
        report(0.5, List.of("a"), counts, new SamplePrediction(pixels, 1, 1, 0, 0, 1));
    counts[0][0] = 2;
    pixels[0] = 8;
    report.confusion()[0][0] = 3;
    report.samples().get(0).pixels()[0] = 9;
    assertEquals(1, report.confusion()[0][0]);
    assertEquals(7, report.samples().get(0).pixels()[0]);
  }

  @Test
  void nonsenseIsRejected() {
    SamplePrediction sample = new SamplePrediction(new byte[1], 1, 1, 0, 1, 1);
    assertRejects(
        "final test accuracy must be from 0 to 1, got 98.0",
        () -> report(98, List.of(), new long[0][]));
    assertRejects(
        "2 classes need 2 confusion rows, got 1",
        () -> report(1, List.of("a", "b"), new long[1][2]));
    assertRejects(
        "confusion row 0 must have 1 counts, got 2", () -> report(1, List.of("a"), new long[1][2]));
    assertRejects(
        "counts of confusion row 0 must be at least 0, got -1",
        () -> report(1, List.of("a"), new long[][] {{-1}}));
    assertRejects(
        "a sample names class 1, but there are 1 classes",
        () -> report(1, List.of("a"), new long[1][1], sample));
    assertRejects(
        "a 2 x 3 image has 6 pixels, got 5",
        () -> new SamplePrediction(new byte[5], 2, 3, 0, 0, 1));
    assertRejects(
        "probability must be from 0 to 1, got -0.1",
        () -> new SamplePrediction(new byte[1], 1, 1, 0, 0, -0.1));
    assertRejects("epochs count from 1, got 0", () -> new EpochPoint(0, 1, 1, 1, 1));
    assertRejects(
        "parameters of conv must be at least 0, got -1",
        () -> new SummaryRow("conv", "", -1, "", 0));
  }

  private static void assertRejects(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static TrainingReport report(
      double accuracy, List<String> names, long[][] confusion, SamplePrediction... samples) {
    return new TrainingReport(
        "t", List.of(), List.of(), accuracy, names, confusion, List.of(samples), List.of());
  }
}
