package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.TaskGroup;
import io.lanewise.cli.page.Html;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Our variants of each task side by side, as shares of the peak: a bar to the median, a line from
 * the least to the greatest sample, and on it a box between the quartiles.
 */
final class AlgorithmBars {
  private final Lineup lineup;
  private final List<TaskGroup> tasks;
  private final BarScale scale;

  AlgorithmBars(Lineup lineup, List<TaskGroup> tasks) {
    this.lineup = lineup;
    this.tasks = tasks;
    this.scale =
        BarScale.shares(
            tasks.stream()
                .flatMap(t -> t.rows().stream())
                .filter(r -> ours(r) && r.measured())
                .map(r -> shares(r).max())
                .filter(Double::isFinite)
                .toList());
  }

  /** How many tasks have bars. */
  long count() {
    return shown().count();
  }

  BarScale scale() {
    return scale;
  }

  /** A table body for each task that we tried; the lowest share of the peak comes first. */
  String bodies() {
    StringBuilder html = new StringBuilder();
    shown()
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(t -> tasks.get(t).threads())
                .thenComparingDouble(t -> best(tasks.get(t))))
        .forEach(t -> html.append(body(t)));
    return html.toString();
  }

  /** Our greatest share of the peak; beyond all others where there is none. */
  static double best(TaskGroup task) {
    return task.rows().stream()
        .filter(r -> ours(r) && TaskGroup.sound(r))
        .mapToDouble(Derived::shareOfPeak)
        .max()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private IntStream shown() {
    return IntStream.range(0, tasks.size())
        .filter(t -> tasks.get(t).rows().stream().anyMatch(AlgorithmBars::ours));
  }

  private String body(int t) {
    TaskGroup task = tasks.get(t);
    StringBuilder html = new StringBuilder("<tbody data-task=\"" + t + "\">\n");
    html.append(TaskHead.row(task, " · " + task.rows().getFirst().level().label()));
    task.rows().stream().filter(AlgorithmBars::ours).forEach(r -> html.append(bar(r)));
    return html.append("</tbody>\n").toString();
  }

  private String bar(Row row) {
    String start =
        "<tr data-contender=\"%s\"><th scope=\"row\">%s</th>"
            .formatted(lineup.contender(row.contender()), lineup.label(row));
    if (!row.measured()) {
      return start
          + "<td class=\"why\" colspan=\"2\">"
          + Html.escape(row.failure())
          + "</td></tr>\n";
    }
    Spread s = shares(row);
    return start
        + """
        <td class="bar t%s" style="--from:0;--to:%s;--min:%s;--q1:%s;--q3:%s;--max:%s" \
        title="%s to %s in %s"><i></i><s></s><b></b></td><td>%s</td></tr>
        """
            .formatted(
                lineup.series().get(lineup.series(row)).tone(),
                scale.place(s.median()),
                scale.place(s.min()),
                scale.place(s.q1()),
                scale.place(s.q3()),
                scale.place(s.max()),
                Figures.share(s.min()),
                Figures.share(s.max()),
                Figures.count(s.count(), "sample"),
                Figures.share(s.median()));
  }

  private static boolean ours(Row row) {
    return ContenderInfo.ours(row.contender());
  }

  private static Spread shares(Row row) {
    return Spread.of(
        row.samples().stream().mapToDouble(s -> Derived.shareOfPeak(row, s)).toArray());
  }
}
