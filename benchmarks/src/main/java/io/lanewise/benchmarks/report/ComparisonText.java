package io.lanewise.benchmarks.report;

import io.lanewise.benchmarks.compare.Change;
import io.lanewise.benchmarks.compare.Comparison;
import io.lanewise.benchmarks.compare.Verdict;
import io.lanewise.benchmarks.report.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** A comparison for a terminal. */
public final class ComparisonText {
  private ComparisonText() {}

  /** Warnings, kernels, rows, rows that are lost, and what it comes to, line by line. */
  public static List<String> lines(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    comparison.warnings().forEach(w -> lines.add("warning: " + w));
    if (!lines.isEmpty()) {
      lines.add("");
    }
    add(lines, "geometric mean", comparison.kernels());
    add(lines, "row", comparison.rows());
    comparison
        .lost()
        .forEach(key -> lines.add("lost: " + key + ", which was measured before, has no numbers"));
    if (!comparison.lost().isEmpty()) {
      lines.add("");
    }
    lines.add(
        "Times are in units of a roof of their round, new over old. All intervals together hold"
            + " with probability "
            + Numbers.percent(Comparison.CONFIDENCE)
            + "; a change within "
            + Numbers.percent(Change.MARGIN - 1)
            + " is not reported, \"no change\" means within "
            + Numbers.percent(Change.RELEVANT - 1)
            + ".");
    lines.add(conclusion(comparison));
    return lines;
  }

  private static void add(List<String> lines, String what, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Column> columns =
        List.of(
            Column.text(what),
            Column.number("rows"),
            Column.number("ratio"),
            Column.number("low"),
            Column.number("high"),
            Column.text("verdict"));
    List<List<String>> rows = changes.stream().map(ComparisonText::cells).toList();
    lines.addAll(new Table("", columns, rows).text());
    lines.add("");
  }

  private static List<String> cells(Change c) {
    return List.of(
        c.what(),
        Integer.toString(c.rows()),
        Numbers.fixed(c.ratio(), 3),
        Numbers.fixed(c.low(), 3),
        Double.isInfinite(c.high()) ? "-" : Numbers.fixed(c.high(), 3),
        c.verdict().words());
  }

  private static String conclusion(Comparison c) {
    if (c.rows().isEmpty()) {
      return "Nothing to compare: the results have no row in common.";
    }
    long slower = count(c, Verdict.SLOWER);
    long faster = count(c, Verdict.FASTER);
    long unclear = count(c, Verdict.UNCLEAR);
    String found =
        slower + faster == 0
            ? "No change found"
            : "Found: " + slower + " slower, " + faster + " faster";
    return found
        + ", in "
        + Numbers.count(c.rows().size(), "row")
        + " and "
        + Numbers.count(c.kernels().size(), "geometric mean")
        + (unclear == 0
            ? "."
            : "; of " + unclear + " nothing can be told: more forks in both results would.");
  }

  private static long count(Comparison c, Verdict verdict) {
    return c.all().filter(x -> x.verdict() == verdict).count();
  }
}
