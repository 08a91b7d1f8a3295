package io.lanewise.benchmarks.cold;

import java.util.Arrays;
import java.util.List;

/**
 * What one JVM told; milliseconds, those of moments since the process was started.
 *
 * @param ready when plans were made and weights packed
 * @param warm when the warm-up, if there was one, had ended
 * @param runs how long each run over all layers took, in order
 */
public record ColdSample(double ready, double warm, List<Double> runs) {
  /** A run is steady if it takes at most so many times as long as the usual one of the end. */
  private static final double STEADY = 1.2;

  /** Copies the list. */
  public ColdSample {
    runs = List.copyOf(runs);
  }

  /**
   * Reads what {@link ColdWorker} prints.
   *
   * @throws IllegalArgumentException if it is not that
   */
  static ColdSample parse(String line) {
    double[] n = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    if (n.length < 3) {
      throw new IllegalArgumentException("expected two moments and some runs, got '" + line + "'");
    }
    return new ColdSample(n[0], n[1], Arrays.stream(n).skip(2).boxed().toList());
  }

  double warmUp() {
    return warm - ready;
  }

  double firstRun() {
    return runs.getFirst();
  }

  /** When the first result was there. */
  double firstResult() {
    return warm + firstRun();
  }

  /** The usual run: the median of the later half. */
  double steadyRun() {
    return Medians.of(runs.subList(runs.size() / 2, runs.size()));
  }

  /** When the first steady run had ended. */
  double steadyFrom() {
    double limit = STEADY * steadyRun();
    double at = warm;
    for (double run : runs) {
      at += run;
      if (run <= limit) {
        break;
      }
    }
    return at;
  }
}
