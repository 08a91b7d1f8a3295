package io.lanewise.benchmarks.compare;

import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** One side of a row: the logarithms of its times in units of a probe, by fork and round. */
final class ForkTable {
  private final double[][] logs;

  /** Takes [fork][round] as they are; forks may differ in their number of rounds. */
  private ForkTable(double[][] logs) {
    this.logs = logs;
  }

  /** Times in how much the {@code roof} could have done meanwhile. */
  static ForkTable of(Row row, ToDoubleFunction<Sample> roof) {
    Map<Integer, List<Double>> forks = new TreeMap<>();
    for (Sample s : row.samples()) {
      forks
          .computeIfAbsent(s.fork(), fork -> new ArrayList<>())
          .add(Math.log(s.nanos() * roof.applyAsDouble(s)));
    }
    double[][] logs =
        forks.values().stream()
            .map(of -> of.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    return new ForkTable(logs);
  }

  int forks() {
    return logs.length;
  }

  /** The median round of each fork. */
  double[] medians() {
    double[] medians = new double[logs.length];
    for (int fork = 0; fork < logs.length; fork++) {
      medians[fork] = Derived.median(logs[fork]);
    }
    return medians;
  }

  /** The mean of the forks' medians. */
  double mean() {
    return mean(medians());
  }

  static double mean(double... values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  /** Sum of squared distances from the mean over all samples: how much they scatter. */
  double scatter() {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (double[] fork : logs) {
      for (double log : fork) {
        sum += log;
        squares += log * log;
        count++;
      }
    }
    return squares - sum * sum / count;
  }

  /**
   * Variance of {@link #mean}: the larger of what the forks' differences say, and what a bootstrap
   * over the rounds of each fork says. The forks' differences hold both kinds of noise, but three
   * forks may agree by chance.
   */
  double variance() {
    double byRounds = 0;
    for (double[] fork : logs) {
      byRounds += MedianBootstrap.variance(fork);
    }
    return Math.max(varianceOfMean(medians()), byRounds / logs.length / logs.length);
  }

  /** Variance of the mean of some values, from their own differences. */
  static double varianceOfMean(double... values) {
    double mean = mean(values);
    double sum = 0;
    for (double v : values) {
      sum += (v - mean) * (v - mean);
    }
    return sum / (values.length - 1) / values.length;
  }
}
