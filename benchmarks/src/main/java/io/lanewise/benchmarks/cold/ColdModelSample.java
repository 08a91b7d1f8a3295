package io.lanewise.benchmarks.cold;

import java.util.Arrays;

/**
 * What a JVM that ran a model told: moments since its process was started, in milliseconds.
 *
 * @param main when our code began
 * @param backend when the backend was there
 * @param read when the model's file was read
 * @param session when the session was there
 * @param compiled when the model was compiled for its input's sizes, and its weights packed
 * @param output when the first run had ended
 * @param laterRun how long the last of some more runs took
 * @param peakBytes the most memory that the process held until the first output
 * @param laterPeakBytes until its end
 */
public record ColdModelSample(
    double main,
    double backend,
    double read,
    double session,
    double compiled,
    double output,
    double laterRun,
    double peakBytes,
    double laterPeakBytes) {
  private static final int FIELDS = 9;

  /**
   * Reads what {@link ColdModelWorker} prints.
   *
   * @throws IllegalArgumentException if it is not that
   */
  static ColdModelSample parse(String line) {
    String[] words = line.split(" ");
    if (words.length != FIELDS) {
      throw new IllegalArgumentException(
          "expected " + FIELDS + " numbers of a cold start, got '" + line + "'");
    }
    double[] n = Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
    return new ColdModelSample(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
  }
}
