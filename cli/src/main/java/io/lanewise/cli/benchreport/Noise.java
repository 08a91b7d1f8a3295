package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How well a row's samples agree. All are parts of the least value: 0.05 says that the greatest is
 * 5 % above it. NaN where there is nothing to compare.
 *
 * @param times of all samples
 * @param shares of the peak, in which a machine that is slower for a while cancels out
 * @param forks medians of the forks
 * @param rounds times within a fork; the median over the forks
 */
record Noise(Row row, double times, double shares, double forks, double rounds) {

  /** Of a row that was measured. */
  static Noise of(Row row) {
    Collection<List<Double>> byFork =
        row.samples().stream()
            .collect(
                Collectors.groupingBy(
                    Sample::fork,
                    TreeMap::new,
                    Collectors.mapping(Sample::nanos, Collectors.toList())))
            .values();
    double[] medians = byFork.stream().mapToDouble(f -> Derived.median(array(f))).toArray();
    double[] ranges =
        byFork.stream().filter(f -> f.size() > 1).mapToDouble(f -> range(array(f))).toArray();
    return new Noise(
        row,
        range(row.samples().stream().mapToDouble(Sample::nanos).toArray()),
        range(row.samples().stream().mapToDouble(s -> Derived.shareOfPeak(row, s)).toArray()),
        range(medians),
        ranges.length == 0 ? Double.NaN : Derived.median(ranges));
  }

  private static double range(double[] values) {
    return values.length < 2 ? Double.NaN : Spread.of(values).range();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(v -> v).toArray();
  }
}
