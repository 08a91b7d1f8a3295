package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.Derived;
import java.util.Arrays;

/** Where the values of a quantity lie; quartiles are interpolated between neighbours. */
record Spread(int count, double min, double q1, double median, double q3, double max) {

  /** At least one value is needed. */
  static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(
        sorted.length,
        sorted[0],
        quantile(sorted, 0.25),
        Derived.median(sorted),
        quantile(sorted, 0.75),
        sorted[sorted.length - 1]);
  }

  /** By how much the greatest value exceeds the least, as a part of the least. */
  double range() {
    return max / min - 1;
  }

  /** The value below which a part {@code q} of the sorted values lies. */
  static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
