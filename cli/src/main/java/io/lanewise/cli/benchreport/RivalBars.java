package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.TaskGroup;
import io.lanewise.benchmarks.result.Versus;
import io.lanewise.cli.page.Html;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The rivals' time over ours as bars from a line at 1: to the right where we are the faster. */
final class RivalBars {
  private final Lineup lineup;
  private final List<TaskGroup> tasks;
  private final List<List<Versus>> versus;
  private final BarScale scale;

  RivalBars(Lineup lineup, List<TaskGroup> tasks, List<List<Versus>> versus) {
    this.lineup = lineup;
    this.tasks = tasks;
    this.versus = versus;
    this.scale =
        BarScale.ratios(
            versus.stream()
                .flatMap(List::stream)
                .filter(Versus::compared)
                .map(Versus::ratio)
                .toList());
  }

  /** How many tasks have bars. */
  long count() {
    return shown().count();
  }

  BarScale scale() {
    return scale;
  }

  /** A table body for each task that a rival tried; where we lose most comes first. */
  String bodies() {
    StringBuilder html = new StringBuilder();
    shown()
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(t -> tasks.get(t).threads())
                .thenComparingDouble(t -> worst(versus.get(t))))
        .forEach(t -> html.append(body(t)));
    return html.toString();
  }

  private IntStream shown() {
    return IntStream.range(0, tasks.size())
        .filter(t -> versus.get(t).stream().anyMatch(Versus::tried));
  }

  /** The least ratio; beyond all others where there is none. */
  static double worst(List<Versus> of) {
    return of.stream()
        .filter(Versus::compared)
        .mapToDouble(Versus::ratio)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private String body(int t) {
    List<Versus> bars = versus.get(t).stream().filter(Versus::tried).toList();
    String against =
        tasks
            .get(t)
            .fastest(r -> ContenderInfo.ours(r.contender()))
            .map(row -> " · against " + Html.escape(row.contender() + " " + row.variant()))
            .orElse("");
    StringBuilder html = new StringBuilder("<tbody data-task=\"" + t + "\">\n");
    html.append(TaskHead.row(tasks.get(t), against));
    bars.forEach(v -> html.append(v.compared() ? bar(v) : failed(v)));
    return html.append("</tbody>\n").toString();
  }

  private String bar(Versus v) {
    double left = Math.min(1, v.ratio());
    double right = Math.max(1, v.ratio());
    return """
    <tr data-contender="%s"><th scope="row">%s</th>\
    <td class="bar t%s" style="--from:%s;--to:%s"><i></i></td><td>%s</td></tr>
    """
        .formatted(
            lineup.contender(v.rival().name()),
            lineup.label(v.theirs()),
            lineup.series().get(lineup.series(v.theirs())).tone(),
            scale.place(left),
            scale.place(right),
            Figures.times(v.ratio()));
  }

  private String failed(Versus v) {
    Row any =
        v.task().rows().stream()
            .filter(r -> r.contender().equals(v.rival().name()))
            .findFirst()
            .orElseThrow();
    return """
    <tr data-contender="%s"><th scope="row">%s</th><td class="why" colspan="2">%s</td></tr>
    """
        .formatted(lineup.contender(v.rival().name()), lineup.label(any), Html.escape(v.why()));
  }
}
