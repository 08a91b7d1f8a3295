package io.lanewise.benchmarks.report;

import io.lanewise.benchmarks.report.Table.Column;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Family;
import io.lanewise.benchmarks.result.FamilyMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line for each family of tasks, number of threads and batch size. */
final class FamilyTable {
  private static final String NONE = "-";

  private FamilyTable() {}

  /** Empty if no task belongs to a family. */
  static Optional<Table> of(BenchResult result) {
    List<FamilyMean> means = FamilyMean.of(result);
    if (means.isEmpty()) {
      return Optional.empty();
    }
    boolean faster = means.stream().anyMatch(m -> m.speedUp().tasks() > 0);
    List<String> rivals =
        TaskTables.rivals(result).stream()
            .map(ContenderInfo::name)
            .filter(rival -> means.stream().anyMatch(m -> m.rivals().containsKey(rival)))
            .toList();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("family"));
    columns.add(Column.number("threads"));
    columns.add(Column.number("batch"));
    columns.add(Column.number("tasks"));
    columns.add(Column.number("of the roof"));
    if (faster) {
      columns.add(Column.number("speed-up"));
    }
    rivals.forEach(rival -> columns.add(Column.number("/ " + rival)));
    if (rivals.size() > 1) {
      columns.add(Column.number("/ best of them"));
    }
    return Optional.of(
        new Table(
            "our time over theirs",
            columns,
            means.stream().map(m -> cells(m, faster, rivals)).toList()));
  }

  private static List<String> cells(FamilyMean m, boolean faster, List<String> rivals) {
    List<String> cells = new ArrayList<>();
    cells.add(m.family().title());
    cells.add(Integer.toString(m.threads()));
    cells.add(m.batch().isPresent() ? Integer.toString(m.batch().getAsInt()) : NONE);
    cells.add(Integer.toString(m.tasks()));
    cells.add(share(m));
    if (faster) {
      cells.add(mean(m.speedUp(), m.tasks()));
    }
    for (String rival : rivals) {
      FamilyMean.Mean mean = m.rivals().get(rival);
      cells.add(mean == null ? NONE : mean(mean, m.tasks()));
    }
    if (rivals.size() > 1) {
      cells.add(mean(m.best(), m.tasks()));
    }
    return cells;
  }

  private static String share(FamilyMean m) {
    if (m.roof().tasks() == 0) {
      return NONE;
    }
    String of = m.family().roof() == Family.Roof.PEAK ? " peak" : " copy";
    return Numbers.percent(m.roof().value()) + of + counted(m.roof(), m.tasks());
  }

  private static String mean(FamilyMean.Mean mean, int tasks) {
    return mean.tasks() == 0 ? NONE : Numbers.three(mean.value()) + counted(mean, tasks);
  }

  /** How many tasks a mean is over, where that is not all of them. */
  private static String counted(FamilyMean.Mean mean, int tasks) {
    return mean.tasks() == tasks ? "" : " of " + mean.tasks();
  }
}
