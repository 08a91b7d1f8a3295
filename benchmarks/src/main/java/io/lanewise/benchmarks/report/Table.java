package io.lanewise.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cells with a head, as text or Markdown.
 *
 * @param title stands above
 * @param columns the head
 * @param rows each as long as the head
 */
public record Table(String title, List<Column> columns, List<List<String>> rows) {
  /**
   * One column.
   *
   * @param number true if its cells are numbers, which stand to the right
   */
  public record Column(String name, boolean number) {
    static Column text(String name) {
      return new Column(name, false);
    }

    static Column number(String name) {
      return new Column(name, true);
    }
  }

  /** Checks the lengths, and keeps its own copies. */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row needs " + columns.size() + " cells, got " + row.size() + ": " + row);
      }
    }
  }

  /** Aligned columns, two spaces apart. */
  public List<String> text() {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(
                c ->
                    Math.max(
                        columns.get(c).name().length(),
                        rows.stream().mapToInt(r -> r.get(c).length()).max().orElse(0)))
            .toArray();
    List<String> head = columns.stream().map(Column::name).toList();
    return IntStream.range(-1, rows.size())
        .mapToObj(r -> line(r < 0 ? head : rows.get(r), widths))
        .toList();
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String padding = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ");
      line.append(columns.get(c).number() ? padding + cells.get(c) : cells.get(c) + padding);
    }
    return line.toString().stripTrailing();
  }

  /** A Markdown table, each line ended. */
  public String markdown() {
    StringBuilder table = new StringBuilder();
    table.append(markdown(columns.stream().map(Column::name).toList()));
    columns.forEach(c -> table.append(c.number() ? "|--:" : "|---"));
    table.append("|\n");
    rows.forEach(row -> table.append(markdown(row)));
    return table.toString();
  }

  private static String markdown(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
