package io.lanewise.benchmarks.result;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The numbers that follow from a row's samples; the one place that computes them. Shares and ratios
 * are formed within a round, where machine, probes and rivals are seconds apart, and only then is
 * the median taken. All need a row that was {@link Row#measured}.
 */
public final class Derived {
  private Derived() {}

  /** Median time of a run, in milliseconds. */
  public static double millis(Row row) {
    return median(row, Sample::nanos) / 1e6;
  }

  /** 10^9 floating-point operations (of the direct algorithm) a second, at the median time. */
  public static double gflops(Row row) {
    return row.flops() / median(row, Sample::nanos);
  }

  /** 10^9 bytes a second, at the median time, as if each byte moved once. */
  public static double gigabytes(Row row) {
    return row.bytes() / median(row, Sample::nanos);
  }

  /** Floating-point operations a byte: a row's place on the roofline. */
  public static double intensity(Row row) {
    return (double) row.flops() / row.bytes();
  }

  /** Median rate of the peak loop beside the row, in 10^9 operations a second. */
  public static double peakGflops(Row row) {
    return median(row, Sample::peakGflops);
  }

  /** Median rate of the copy loop beside the row, in 10^9 bytes a second. */
  public static double copyGigabytes(Row row) {
    return median(row, Sample::copyGBs);
  }

  /** Median share of the peak; above 1 for an algorithm that needs fewer operations. */
  public static double shareOfPeak(Row row) {
    return median(row, s -> shareOfPeak(row, s));
  }

  /** One sample's share of the peak. */
  public static double shareOfPeak(Row row, Sample s) {
    return row.flops() / s.nanos() / s.peakGflops();
  }

  /** Median share of the copy bandwidth of a working set of this size. */
  public static double shareOfBandwidth(Row row) {
    return median(row, s -> shareOfBandwidth(row, s));
  }

  /** One sample's share of the bandwidth. */
  public static double shareOfBandwidth(Row row, Sample s) {
    return row.bytes() / s.nanos() / s.copyGBs();
  }

  /**
   * Median over the rounds that both rows have of {@code row}'s time over {@code base}'s: below 1
   * if {@code row} is the faster. Empty if they share no round.
   */
  public static OptionalDouble timeRatio(Row row, Row base) {
    Map<Long, Double> other = new HashMap<>();
    base.samples().forEach(s -> other.put(round(s), s.nanos()));
    double[] ratios =
        row.samples().stream()
            .filter(s -> other.containsKey(round(s)))
            .mapToDouble(s -> s.nanos() / other.get(round(s)))
            .toArray();
    return ratios.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(ratios));
  }

  /** Geometric mean of positive numbers; empty of none. */
  public static OptionalDouble geometricMean(Collection<Double> values) {
    OptionalDouble mean = values.stream().mapToDouble(Math::log).average();
    return mean.isEmpty() ? mean : OptionalDouble.of(Math.exp(mean.getAsDouble()));
  }

  /** The middle of the values, or the mean of the two middle ones. */
  public static double median(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("the median needs a value, got none");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static double median(Row row, ToDoubleFunction<Sample> value) {
    if (!row.measured()) {
      throw new IllegalArgumentException("nothing was measured of " + row.key());
    }
    return median(row.samples().stream().mapToDouble(value).toArray());
  }

  private static long round(Sample s) {
    return (long) s.fork() << 32 | s.round();
  }
}
