package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.TaskCost;
import io.lanewise.benchmarks.Workload;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.HostInfo;
import io.lanewise.benchmarks.result.MemoryLevel;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Collects a row over all forks. A failure in one is the row's: its samples count no more. */
final class RowBuilder {
  private static final MathContext DIGITS = new MathContext(6); // of a sample; it varies in the 3rd

  private final Workload.Item item;
  private final TaskCost cost;
  private final Entrant entrant;
  private final String variant;
  private final int threads;
  private final List<Sample> samples = new ArrayList<>();
  private Double worstError;
  private Double rmsError;
  private Long allocatedBytes;
  private String failure;

  RowBuilder(Workload.Item item, TaskCost cost, Entrant entrant, String variant, int threads) {
    this.item = item;
    this.cost = cost;
    this.entrant = entrant;
    this.variant = variant;
    this.threads = threads;
  }

  Task task() {
    return item.task();
  }

  TaskCost cost() {
    return cost;
  }

  Entrant entrant() {
    return entrant;
  }

  String variant() {
    return variant;
  }

  int threads() {
    return threads;
  }

  void add(int fork, int round, double nanos, double peakGflops, double copyGBs) {
    samples.add(new Sample(fork, round, digits(nanos), digits(peakGflops), digits(copyGBs)));
  }

  private static double digits(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  /** A check went well; of several the worst counts. */
  void checked(Reply.Ready found) {
    worstError = worstError == null ? found.worstError() : Math.max(worstError, found.worstError());
    rmsError = rmsError == null ? found.rmsError() : Math.max(rmsError, found.rmsError());
    if (found.allocatedBytes() != null) {
      long before = allocatedBytes == null ? 0 : allocatedBytes;
      allocatedBytes = Math.max(before, found.allocatedBytes());
    }
  }

  void fail(String why) {
    failure = why;
  }

  boolean failed() {
    return failure != null;
  }

  Row build(HostInfo host) {
    return new Row(
        item.task().op(),
        item.task().shape(),
        item.uses(),
        cost.flops(),
        cost.bytes(),
        MemoryLevel.of(cost.bytes(), threads, host),
        entrant.name(),
        variant,
        threads,
        worstError,
        rmsError,
        allocatedBytes,
        failed() ? List.of() : samples,
        failure);
  }
}
