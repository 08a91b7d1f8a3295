package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.TaskGroup;
import io.lanewise.cli.page.Html;
import java.util.List;
import java.util.stream.IntStream;

/** Everything that was measured or failed, a table row for each row of the result. */
final class RowTable {
  private final Lineup lineup;
  private final List<Row> rows;
  private final NoiseSection noise;

  RowTable(Lineup lineup, List<Row> rows, NoiseSection noise) {
    this.lineup = lineup;
    this.rows = rows;
    this.noise = noise;
  }

  /** The body's rows, in the order of the result. */
  String body() {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      html.append(
              "<tr data-row=\"%s\"><th scope=\"row\">%s</th>".formatted(i, Html.escape(row.task())))
          .append("<td class=\"who\">%s</td>".formatted(lineup.label(row)))
          .append(row.measured() ? numbers(row, noise.of(i)) : noNumbers())
          .append("<td>%s</td>".formatted(row.threads()))
          .append("<td>%s</td>".formatted(row.level().label()))
          .append("<td>%s</td>".formatted(Figures.error(row.worstError())))
          .append("<td>%s</td>".formatted(Figures.error(row.rmsError())))
          .append("<td>%s</td>".formatted(allocated(row)))
          .append("<td>%s</td>".formatted(Figures.number(Derived.intensity(row))))
          .append(
              "<td class=\"words\">%s</td>".formatted(Html.escape(TaskGroup.networks(row.uses()))))
          .append(
              "<td class=\"words why\">%s</td></tr>\n"
                  .formatted(row.failure() == null ? "" : Html.escape(row.failure())));
    }
    return html.toString();
  }

  /** Rows of the table of failures; empty if there are none. */
  String failures() {
    StringBuilder html = new StringBuilder();
    for (int i : failed().toArray()) {
      Row row = rows.get(i);
      html.append(
          """
          <tr data-row="%s"><th scope="row">%s</th><td class="who">%s</td><td>%s</td><td>%s</td>\
          <td class="words why">%s</td></tr>
          """
              .formatted(
                  i,
                  Html.escape(row.task()),
                  lineup.label(row),
                  row.threads(),
                  Html.count(row.samples().size()),
                  Html.escape(row.failure())));
    }
    return html.toString();
  }

  /** How many rows failed, half-way or at once. */
  long failureCount() {
    return failed().count();
  }

  /** What the section of failures begins with. */
  String failureSentence() {
    return failureCount() == 0
        ? "Nothing failed."
        : """
        %s of %s failed; they are all here, whatever is selected. What failed half-way has \
        samples, but is in no comparison above.\
        """
            .formatted(Html.count(failureCount()), Figures.count(rows.size(), "row"));
  }

  private IntStream failed() {
    return IntStream.range(0, rows.size()).filter(i -> rows.get(i).failure() != null);
  }

  private static String allocated(Row row) {
    return row.allocatedBytes() == null ? Html.NONE : Html.count(row.allocatedBytes());
  }

  private static String numbers(Row row, Noise noise) {
    StringBuilder html = new StringBuilder();
    for (String cell :
        List.of(
            Figures.number(Derived.millis(row)),
            Figures.share(noise.times()),
            Figures.number(Derived.gflops(row)),
            Figures.share(Derived.shareOfPeak(row)),
            Figures.number(Derived.gigabytes(row)),
            Figures.share(Derived.shareOfBandwidth(row)))) {
      html.append("<td>").append(cell).append("</td>");
    }
    return html.toString();
  }

  private static String noNumbers() {
    return ("<td>" + Html.NONE + "</td>").repeat(6);
  }
}
