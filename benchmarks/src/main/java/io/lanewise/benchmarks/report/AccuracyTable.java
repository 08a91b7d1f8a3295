package io.lanewise.benchmarks.report;

import io.lanewise.benchmarks.report.Table.Column;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.TaskGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * How exact each algorithm is, and how much memory a run of it takes: the worst over all tasks and
 * numbers of threads.
 */
final class AccuracyTable {
  private static final String NONE = "-";

  private AccuracyTable() {}

  /** Empty if nothing was computed. */
  static Optional<Table> of(BenchResult result) {
    Map<List<String>, List<Row>> algorithms = new LinkedHashMap<>();
    for (Row row : result.rows()) {
      if (row.worstError() != null && TaskGroup.sound(row)) {
        algorithms
            .computeIfAbsent(
                List.of(row.op().option(), row.contender() + " " + row.variant()),
                k -> new ArrayList<>())
            .add(row);
      }
    }
    List<List<String>> cells = new ArrayList<>();
    algorithms.forEach((names, rows) -> cells.add(cells(names, rows)));
    return cells.isEmpty()
        ? Optional.empty()
        : Optional.of(new Table("accuracy", columns(), cells));
  }

  private static List<Column> columns() {
    return List.of(
        Column.text("operation"),
        Column.text("algorithm"),
        Column.number("tasks"),
        Column.number("max error"),
        Column.number("RMS error"),
        Column.number("bytes a run"));
  }

  private static List<String> cells(List<String> names, List<Row> rows) {
    List<String> cells = new ArrayList<>(names);
    cells.add(Long.toString(rows.stream().map(Row::shape).distinct().count()));
    cells.add(worst(rows, Row::worstError).map(AccuracyTable::error).orElse(NONE));
    cells.add(worst(rows, Row::rmsError).map(AccuracyTable::error).orElse(NONE));
    cells.add(worst(rows, Row::allocatedBytes).map(b -> Long.toString(b)).orElse(NONE));
    return cells;
  }

  private static <N extends Comparable<N>> Optional<N> worst(
      List<Row> rows, Function<Row, N> number) {
    return rows.stream().map(number).filter(Objects::nonNull).max(Comparable::compareTo);
  }

  /** A relative error, such as 2.1e-7. */
  static String error(double value) {
    return value == 0
        ? "0"
        : String.format(Locale.ROOT, "%.1e", value).replaceFirst("e([+-])0*(?=\\d)", "e$1");
  }
}
