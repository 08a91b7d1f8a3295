package io.lanewise.benchmarks.report;

import io.lanewise.benchmarks.result.BenchResult;
import java.util.ArrayList;
import java.util.List;

/** A result for a terminal. */
public final class ResultText {
  /** What the columns mean, for whoever sees them first. */
  private static final String LEGEND =
      "ms, GFLOP/s and shares: medians over all forks and rounds; columns of rivals: their fastest"
          + " variant and its time over ours, above 1 we are faster";

  private ResultText() {}

  /** Tables, means and failures, line by line. */
  public static List<String> lines(BenchResult result) {
    List<String> lines = new ArrayList<>();
    for (Table table : TaskTables.of(result)) {
      lines.add(table.title());
      lines.addAll(table.text());
      lines.add("");
    }
    lines.add(LEGEND);
    lines.add("");
    for (Table table : Summary.tables(result)) {
      lines.add(table.title());
      lines.addAll(table.text());
      lines.add("");
    }
    lines.addAll(Summary.networks(result));
    lines.addAll(Summary.means(result));
    lines.addAll(Summary.allocations(result));
    for (String failure : Summary.failures(result)) {
      lines.add("no numbers for " + failure);
    }
    return lines;
  }
}
