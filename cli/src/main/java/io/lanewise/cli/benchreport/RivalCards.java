package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.TaskGroup;
import io.lanewise.benchmarks.result.Versus;
import io.lanewise.cli.page.Html;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * For each rival and number of threads the geometric mean of its time over ours, what it is a mean
 * of, and what it leaves out. bars.js writes the same words when a part of the tasks is selected.
 */
final class RivalCards {
  private final Lineup lineup;
  private final List<TaskGroup> tasks;
  private final List<List<Versus>> versus;

  RivalCards(Lineup lineup, List<TaskGroup> tasks, List<List<Versus>> versus) {
    this.lineup = lineup;
    this.tasks = tasks;
    this.versus = versus;
  }

  /** All cards. */
  String html() {
    StringBuilder html = new StringBuilder();
    TreeSet<Integer> threads = new TreeSet<>();
    tasks.forEach(t -> threads.add(t.threads()));
    List<ContenderInfo> rivals = lineup.rivals();
    for (int count : threads) {
      for (int r = 0; r < rivals.size(); r++) {
        html.append(card(rivals.get(r), r, count));
      }
    }
    return html.toString();
  }

  private String card(ContenderInfo rival, int r, int threads) {
    List<Integer> own =
        IntStream.range(0, tasks.size())
            .filter(t -> tasks.get(t).threads() == threads)
            .boxed()
            .toList();
    List<Double> ratios =
        own.stream()
            .map(t -> versus.get(t).get(r))
            .filter(Versus::compared)
            .map(Versus::ratio)
            .toList();
    OptionalDouble mean = Derived.geometricMean(ratios);
    return """
    <div class="card rival" data-contender="%s" data-rival="%s" data-threads="%s">
    <h3>%s <span class="version">%s</span></h3>
    <p class="mean"%s>takes <strong>%s</strong> our time</p>
    <p class="note">%s</p>
    %s</div>
    """
        .formatted(
            lineup.contender(rival.name()),
            r,
            threads,
            lineup.label(rival),
            Html.escape(rival.version()),
            mean.isEmpty() ? " hidden" : "",
            Figures.times(mean.orElse(Double.NaN)),
            note(ratios, threads),
            leftOut(own, r));
  }

  private static String note(List<Double> ratios, int threads) {
    if (ratios.isEmpty()) {
      return "no task to compare";
    }
    long wins = ratios.stream().filter(ratio -> ratio > 1).count();
    return "geometric mean of %s on %s; we are faster at %s"
        .formatted(
            Figures.count(ratios.size(), "task"),
            Figures.count(threads, "thread"),
            Html.count(wins));
  }

  private String leftOut(List<Integer> own, int r) {
    StringBuilder items = new StringBuilder();
    int count = 0;
    for (int t : own) {
      Versus v = versus.get(t).get(r);
      if (!v.compared()) {
        count++;
        items.append(
            "<li data-task=\"%s\"><b>%s %s</b>: %s</li>\n"
                .formatted(
                    t,
                    v.task().op().option(),
                    Html.escape(v.task().shape()),
                    Html.escape(v.why())));
      }
    }
    return count == 0
        ? ""
        : """
        <details><summary>not in the mean: <span class="count">%s</span></summary>
        <ul>
        %s</ul>
        </details>
        """
            .formatted(Figures.count(count, "task"), items);
  }
}
