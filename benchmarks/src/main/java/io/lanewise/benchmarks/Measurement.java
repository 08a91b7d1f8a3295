package io.lanewise.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one problem, over all forks. Shares are formed within an iteration, where
 * machine and probe are the same, and only then is the median taken.
 *
 * @param problem what ran
 * @param iterations at least one
 */
record Measurement(Problem problem, List<Iteration> iterations) {
  /**
   * What one row measures.
   *
   * @param count how many layers of the network are like this
   * @param flops floating-point operations of the direct algorithm
   */
  record Problem(Op op, String shape, int count, String backend, String algorithm, long flops) {}

  /**
   * What one iteration measured.
   *
   * @param nanos mean nanoseconds of one operation
   * @param peakGflops FMA peak beside it, in 10^9 operations a second
   */
  record Iteration(double nanos, double peakGflops) {}

  /** Checks that something was measured. */
  Measurement {
    iterations = List.copyOf(iterations);
    if (iterations.isEmpty()) {
      throw new IllegalArgumentException("no iteration was measured of " + problem);
    }
  }

  /** Median time of one operation. */
  double millis() {
    return median(Iteration::nanos) / 1e6;
  }

  /** 10^9 floating-point operations a second, at the median time. */
  double gflops() {
    return problem.flops() / median(Iteration::nanos);
  }

  /** Median of the iterations' shares of the peak. */
  double share() {
    return median(this::share);
  }

  /** Least share of an iteration. */
  double leastShare() {
    return iterations.stream().mapToDouble(this::share).min().orElseThrow();
  }

  /** Greatest share of an iteration. */
  double greatestShare() {
    return iterations.stream().mapToDouble(this::share).max().orElseThrow();
  }

  private double share(Iteration i) {
    return problem.flops() / i.nanos() / i.peakGflops();
  }

  private double median(ToDoubleFunction<Iteration> value) {
    double[] sorted = iterations.stream().mapToDouble(value).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
