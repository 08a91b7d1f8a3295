package io.lanewise.benchmarks.report;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.Batch;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.TaskGroup;
import io.lanewise.benchmarks.result.Use;
import io.lanewise.benchmarks.result.Versus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** What the tables come to, a sentence each. */
final class Summary {
  private Summary() {}

  /** Means over families, and how exact the algorithms are. */
  static List<Table> tables(BenchResult result) {
    return Stream.of(FamilyTable.of(result), AccuracyTable.of(result))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Whether our runs allocate, where that is known. */
  static List<String> allocations(BenchResult result) {
    List<Row> known =
        result.rows().stream()
            .filter(r -> r.allocatedBytes() != null && TaskGroup.sound(r))
            .toList();
    List<Row> taking = known.stream().filter(r -> r.allocatedBytes() > 0).toList();
    if (known.isEmpty()) {
      return List.of();
    }
    if (taking.isEmpty()) {
      return List.of("no run of ours allocates a byte: %s".formatted(rows(known.size())));
    }
    Row most = Collections.max(taking, Comparator.comparing(Row::allocatedBytes));
    return List.of(
        "RUNS OF OURS ALLOCATE: %d of %s, up to %d bytes a run (%s)"
            .formatted(taking.size(), rows(known.size()), most.allocatedBytes(), most.key()));
  }

  private static String rows(int count) {
    return Numbers.count(count, "row");
  }

  /** For each rival and number of threads, the geometric mean of its times over ours. */
  static List<String> means(BenchResult result) {
    List<String> lines = new ArrayList<>();
    for (int threads : result.settings().threads()) {
      List<TaskGroup> tasks =
          TaskGroup.of(result.rows()).stream().filter(t -> t.threads() == threads).toList();
      for (ContenderInfo rival : TaskTables.rivals(result)) {
        List<Double> ratios =
            tasks.stream()
                .map(t -> Versus.of(t, rival))
                .filter(Versus::compared)
                .map(Versus::ratio)
                .toList();
        OptionalDouble mean = Derived.geometricMean(ratios);
        if (mean.isPresent()) {
          lines.add(
              "%s takes %s our time on %s: geometric mean of %s, at %d of which we are faster"
                  .formatted(
                      rival.name(),
                      TaskTables.times(mean.getAsDouble()),
                      Numbers.count(threads, "thread"),
                      Numbers.count(ratios.size(), "task"),
                      ratios.stream().filter(r -> r > 1).count()));
        }
      }
    }
    return lines;
  }

  /**
   * All layers of a network one after the other, by every contender that can do all of them: each
   * layer by its fastest variant, as often as the network has it.
   */
  static List<String> networks(BenchResult result) {
    record Kind(String file, Op op, int threads, String batch) {}
    Map<Kind, List<TaskGroup>> kinds = new LinkedHashMap<>();
    for (TaskGroup task : TaskGroup.of(result.rows())) {
      for (Use use : task.uses()) {
        kinds
            .computeIfAbsent(
                new Kind(use.file(), task.op(), task.threads(), batch(task, result)),
                k -> new ArrayList<>())
            .add(task);
      }
    }
    List<String> lines = new ArrayList<>();
    kinds.forEach(
        (kind, tasks) -> {
          List<String> sums = new ArrayList<>();
          for (String contender : contenders(tasks)) {
            sum(kind.file, tasks, contender).ifPresent(sums::add);
          }
          int layers = tasks.stream().mapToInt(t -> t.rows().getFirst().count(kind.file)).sum();
          if (tasks.size() > 1 && !sums.isEmpty()) {
            lines.add(
                "%s of %s%s, %s, %s: %s"
                    .formatted(
                        kind.op.option(),
                        kind.file,
                        kind.batch,
                        Numbers.count(layers, "layer"),
                        Numbers.count(kind.threads, "thread"),
                        String.join("; ", sums)));
          }
        });
    return lines;
  }

  /** Such as " at batch 8" where several sizes were asked for, which are networks apart. */
  private static String batch(TaskGroup task, BenchResult result) {
    if (result.settings().batches().size() < 2 || task.op() == Op.GEMM) {
      return "";
    }
    // An elementwise operation has the batch in front of its sizes.
    String n = task.shape().split("x", 2)[0];
    OptionalInt batch = Batch.of(task.task());
    return " at batch " + (batch.isPresent() ? batch.getAsInt() : n);
  }

  private static Set<String> contenders(List<TaskGroup> tasks) {
    Set<String> names = new LinkedHashSet<>();
    tasks.forEach(t -> t.rows().forEach(r -> names.add(r.contender())));
    return names;
  }

  private static Optional<String> sum(String file, List<TaskGroup> tasks, String contender) {
    double millis = 0;
    double flops = 0;
    for (TaskGroup task : tasks) {
      Optional<Row> row = task.fastest(r -> r.contender().equals(contender));
      if (row.isEmpty()) {
        return Optional.empty();
      }
      millis += row.get().count(file) * Derived.millis(row.get());
      flops += (double) row.get().count(file) * row.get().flops();
    }
    return Optional.of(
        "%s %s ms, %s GFLOP/s"
            .formatted(contender, Numbers.three(millis), Numbers.three(flops / millis / 1e6)));
  }

  /** The rows that have no numbers, and why; rows of one contender that say the same, once. */
  static List<String> failures(BenchResult result) {
    Map<String, List<Row>> byReason = new LinkedHashMap<>();
    result.rows().stream()
        .filter(r -> r.failure() != null)
        .forEach(
            r ->
                byReason
                    .computeIfAbsent(r.contender() + ": " + r.failure(), k -> new ArrayList<>())
                    .add(r));
    List<String> lines = new ArrayList<>();
    byReason.forEach(
        (reason, rows) ->
            lines.add(
                reason
                    + " ("
                    + rows.getFirst().variant()
                    + ", "
                    + rows.getFirst().task()
                    + (rows.size() == 1 ? "" : " and " + (rows.size() - 1) + " more")
                    + ")"));
    return lines;
  }
}
