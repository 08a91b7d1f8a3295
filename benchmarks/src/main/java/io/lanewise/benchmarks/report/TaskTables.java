package io.lanewise.benchmarks.report;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.report.Table.Column;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.TaskGroup;
import io.lanewise.benchmarks.result.Versus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A table for each operation and number of threads: a line a task, with our fastest way to do it,
 * its shares of the roofs, how much longer our other ways take, and each rival's fastest way with
 * how much longer it takes.
 */
final class TaskTables {
  private static final String NONE = "-";

  private TaskTables() {}

  static List<Table> of(BenchResult result) {
    record Kind(Op op, int threads) {}
    Map<Kind, List<TaskGroup>> kinds = new LinkedHashMap<>();
    List<TaskGroup> all = TaskGroup.of(result.rows());
    for (TaskGroup task : all) {
      kinds.computeIfAbsent(new Kind(task.op(), task.threads()), k -> new ArrayList<>()).add(task);
    }
    List<Table> tables = new ArrayList<>();
    kinds.forEach(
        (kind, tasks) ->
            tables.add(
                table(
                    kind.op.option() + ", " + Numbers.count(kind.threads, "thread"),
                    tasks,
                    all,
                    rivals(result))));
    return tables;
  }

  static List<ContenderInfo> rivals(BenchResult result) {
    return result.contenders().stream().filter(c -> !ContenderInfo.ours(c.name())).toList();
  }

  private static Table table(
      String title, List<TaskGroup> tasks, List<TaskGroup> all, List<ContenderInfo> rivals) {
    List<ContenderInfo> there =
        rivals.stream()
            .filter(rival -> tasks.stream().anyMatch(t -> Versus.of(t, rival).tried()))
            .toList();
    boolean faster = tasks.stream().anyMatch(t -> t.speedUp(all, TaskTables::ours).isPresent());
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("shape"));
    columns.add(Column.number("layers"));
    columns.add(Column.text("fastest of ours"));
    columns.add(Column.number("ms"));
    columns.add(Column.number("GFLOP/s"));
    columns.add(Column.number("of peak"));
    columns.add(Column.number("of bandwidth"));
    columns.add(Column.number("max error"));
    columns.add(Column.number("RMS error"));
    if (faster) {
      columns.add(Column.number("speed-up"));
    }
    columns.add(Column.text("others of ours"));
    there.forEach(rival -> columns.add(Column.number(rival.name())));
    return new Table(
        title, columns, tasks.stream().map(t -> cells(t, all, faster, there)).toList());
  }

  private static List<String> cells(
      TaskGroup task, List<TaskGroup> all, boolean faster, List<ContenderInfo> rivals) {
    List<String> cells = new ArrayList<>();
    cells.add(task.shape());
    cells.add(Integer.toString(task.uses().stream().mapToInt(u -> u.count()).sum()));
    Optional<Row> best = task.fastest(TaskTables::ours);
    if (best.isPresent()) {
      Row row = best.get();
      cells.add(name(row));
      cells.add(Numbers.three(Derived.millis(row)));
      cells.add(Numbers.three(Derived.gflops(row)));
      cells.add(Numbers.percent(Derived.shareOfPeak(row)));
      cells.add(Numbers.percent(Derived.shareOfBandwidth(row)) + " " + row.level().label());
      cells.add(error(row.worstError()));
      cells.add(error(row.rmsError()));
      if (faster) {
        OptionalDouble speedUp = task.speedUp(all, TaskTables::ours);
        cells.add(speedUp.isPresent() ? Numbers.three(speedUp.getAsDouble()) : NONE);
      }
      cells.add(others(task, row));
    } else {
      cells.addAll(Collections.nCopies(faster ? 9 : 8, NONE));
    }
    for (ContenderInfo rival : rivals) {
      cells.add(cell(Versus.of(task, rival)));
    }
    return cells;
  }

  private static String others(TaskGroup task, Row best) {
    return task.rows().stream()
        .filter(r -> ContenderInfo.ours(r.contender()) && !r.equals(best) && TaskGroup.sound(r))
        .map(r -> name(r) + " " + times(Derived.timeRatio(r, best).orElse(Double.NaN)))
        .collect(Collectors.joining(", "));
  }

  private static boolean ours(Row row) {
    return ContenderInfo.ours(row.contender());
  }

  private static String error(Double value) {
    return value == null ? NONE : AccuracyTable.error(value);
  }

  private static String name(Row row) {
    return row.contender() + " " + row.variant();
  }

  private static String cell(Versus versus) {
    if (versus.compared()) {
      return versus.theirs().variant() + " " + times(versus.ratio());
    }
    return versus.tried() ? "failed" : NONE;
  }

  /** A ratio of times; above 1, ours is the faster. */
  static String times(double ratio) {
    return Double.isNaN(ratio) ? NONE : Numbers.three(ratio) + "x";
  }
}
