package io.lanewise.training.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link ConfusionMatrix} as text with aligned columns. */
final class ConfusionTable {
  private final ConfusionMatrix matrix;

  ConfusionTable(ConfusionMatrix matrix) {
    this.matrix = matrix;
  }

  @Override
  public String toString() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(heading());
    for (int c = 0; c < matrix.classes(); c++) {
      rows.add(row(c));
    }
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int col = 0; col < widths.length; col++) {
        widths[col] = Math.max(widths[col], length(row.get(col)));
      }
    }
    StringBuilder table = new StringBuilder();
    rows.forEach(row -> append(table, row, widths));
    return table
        .append("accuracy ")
        .append(percent(matrix.accuracy()))
        .append("% of ")
        .append(matrix.count())
        .append('\n')
        .toString();
  }

  private List<String> heading() {
    List<String> row = new ArrayList<>();
    row.add("actual \\ predicted");
    for (int c = 0; c < matrix.classes(); c++) {
      row.add(Integer.toString(c));
    }
    row.addAll(List.of("prec", "recall", "F1"));
    return row;
  }

  private List<String> row(int actual) {
    List<String> row = new ArrayList<>();
    String number = Integer.toString(actual);
    String name = matrix.classNames().get(actual);
    row.add(name.equals(number) ? number : number + " " + name);
    for (int c = 0; c < matrix.classes(); c++) {
      row.add(Long.toString(matrix.count(actual, c)));
    }
    row.add(percent(matrix.precision(actual)));
    row.add(percent(matrix.recall(actual)));
    row.add(percent(matrix.f1(actual)));
    return row;
  }

  private static String percent(double ratio) {
    return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * ratio);
  }

  /** The first column to the left, the others to the right, two spaces between. */
  private static void append(StringBuilder table, List<String> row, int[] widths) {
    for (int col = 0; col < widths.length; col++) {
      String cell = row.get(col);
      String space = " ".repeat(widths[col] - length(cell));
      table.append(col == 0 ? cell + space : "  " + space + cell);
    }
    table.append('\n');
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
