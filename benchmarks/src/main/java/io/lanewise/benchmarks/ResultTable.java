package io.lanewise.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Measurements as rows of text or Markdown, and the sum over a network's layers. */
final class ResultTable {
  private static final List<String> HEADINGS =
      List.of("op", "shape", "layers", "backend", "algorithm", "ms", "GFLOP/s", "of peak (range)");
  private static final int[] WIDTHS = {22, 38, 6, 7, 18, 10, 8, 19};
  private static final int FIRST_NUMBER = 5;

  private ResultTable() {}

  /** The headings, in columns that {@link #textRow} fits. */
  static String textHeader() {
    return text(HEADINGS);
  }

  /** One measurement. */
  static String textRow(Measurement m) {
    return text(cells(m));
  }

  /** All measurements as a Markdown table, each line ended. */
  static String markdown(List<Measurement> rows) {
    StringBuilder table = new StringBuilder(markdownRow(HEADINGS));
    for (int i = 0; i < HEADINGS.size(); i++) {
      table.append(i < FIRST_NUMBER && i != 2 ? "|---" : "|--:");
    }
    table.append("|\n");
    for (Measurement m : rows) {
      table.append(markdownRow(cells(m)));
    }
    return table.toString();
  }

  /**
   * One line a backend: all layers of a network, each as often as it occurs, one after the other.
   */
  static List<String> totals(String network, List<Measurement> rows) {
    Map<String, List<Measurement>> byBackend =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    m -> m.problem().backend(), TreeMap::new, Collectors.toList()));
    List<String> lines = new ArrayList<>();
    byBackend.forEach(
        (backend, of) -> {
          double millis = of.stream().mapToDouble(m -> m.millis() * m.problem().count()).sum();
          double flops =
              of.stream()
                  .mapToDouble(m -> (double) m.problem().flops() * m.problem().count())
                  .sum();
          int layers = of.stream().mapToInt(m -> m.problem().count()).sum();
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%s %s, %s: %d layers, %.3f ms, %.2f GFLOP/s",
                  of.getFirst().problem().op().option(),
                  network,
                  backend,
                  layers,
                  millis,
                  flops / millis / 1e6));
        });
    return lines;
  }

  private static List<String> cells(Measurement m) {
    Measurement.Problem p = m.problem();
    return List.of(
        p.op().option(),
        p.shape(),
        Integer.toString(p.count()),
        p.backend(),
        p.algorithm(),
        String.format(Locale.ROOT, "%.4f", m.millis()),
        String.format(Locale.ROOT, "%.2f", m.gflops()),
        String.format(
            Locale.ROOT, "%.3f (%.3f-%.3f)", m.share(), m.leastShare(), m.greatestShare()));
  }

  private static String text(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      boolean right = i == 2 || i >= FIRST_NUMBER;
      line.append(
          String.format(Locale.ROOT, "%" + (right ? "" : "-") + WIDTHS[i] + "s", cells.get(i)));
      line.append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static String markdownRow(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
