package io.lanewise.benchmarks.compare;

import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;

/**
 * A row that both results have. Times are measured in units of a roof of their round, so that what
 * slows the whole machine cancels: of peak and copy bandwidth the one with which the samples of
 * both results scatter less, each around its own mean. (A kernel at home in the first caches
 * follows the clock, as the peak does; one that lives from L2 and beyond slows with the neighbours,
 * as the copy does. Which of them a kernel is, the samples know best; the choice looks at no
 * difference between the results.)
 */
record RowPair(Row before, Row after, ForkTable old, ForkTable now) {
  static RowPair of(Row before, Row after) {
    RowPair byPeak =
        new RowPair(
            before,
            after,
            ForkTable.of(before, Sample::peakGflops),
            ForkTable.of(after, Sample::peakGflops));
    RowPair byCopy =
        new RowPair(
            before,
            after,
            ForkTable.of(before, Sample::copyGBs),
            ForkTable.of(after, Sample::copyGBs));
    return byCopy.scatter() < byPeak.scatter() ? byCopy : byPeak;
  }

  private double scatter() {
    return old.scatter() + now.scatter();
  }

  /** Logarithm of the ratio of times, new over old. */
  double change() {
    return now.mean() - old.mean();
  }

  /** Its variance by this row alone. */
  double variance() {
    return old.variance() + now.variance();
  }

  /** Forks that the differences between forks stand on. */
  int degreesOfFreedom() {
    return old.forks() + now.forks() - 2;
  }

  /** True if both sides have forks to compare. */
  boolean comparable() {
    return old.forks() > 1 && now.forks() > 1;
  }
}
