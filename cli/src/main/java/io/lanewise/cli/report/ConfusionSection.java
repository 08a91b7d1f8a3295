package io.lanewise.cli.report;

import io.lanewise.cli.page.Html;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The confusion matrix as a heat map, with recall a row and precision a column, and the pairs most
 * often confused. A cell's heat is its share of its row; that of errors starts above zero and grows
 * with the square root, or the few errors of a good model would be invisible.
 */
final class ConfusionSection {

  /** Above this the matrix is a wall of digits; recall and the frequent pairs say more. */
  static final int MOST_COLUMNS = 40;

  private static final int MOST_PAIRS = 6;
  private static final double LEAST_ERROR_HEAT = 0.15;

  private final List<String> names;
  private final boolean upright;
  private final long[][] counts;

  ConfusionSection(List<String> classNames, long[][] counts) {
    this.upright = classNames.stream().anyMatch(name -> name.length() > 4);
    this.names = classNames.stream().map(Html::escape).toList();
    this.counts = counts;
  }

  /** Test images in all. */
  long images() {
    long sum = 0;
    for (int actual = 0; actual < counts.length; actual++) {
      sum += row(actual);
    }
    return sum;
  }

  /** Test images put into their own class. */
  long right() {
    long sum = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += counts[c][c];
    }
    return sum;
  }

  /** The table's head and body. */
  String table() {
    boolean matrix = names.size() <= MOST_COLUMNS;
    StringBuilder html = new StringBuilder("<thead>\n<tr>");
    html.append("<th scope=\"col\">actual ↓</th>");
    if (matrix) {
      String open =
          upright ? "<th scope=\"col\"><span class=\"upright\">" : "<th scope=\"col\"><span>";
      for (String name : names) {
        html.append(open).append(name).append("</span></th>");
      }
    }
    html.append("<th scope=\"col\" class=\"edge\">images</th><th scope=\"col\">recall</th></tr>\n");
    html.append("</thead>\n<tbody>\n");
    for (int actual = 0; actual < names.size(); actual++) {
      long row = row(actual);
      html.append("<tr><th scope=\"row\">").append(names.get(actual)).append("</th>");
      for (int predicted = 0; matrix && predicted < names.size(); predicted++) {
        html.append(cell(actual, predicted, row));
      }
      html.append("<td class=\"edge\">").append(Html.count(row)).append("</td><td>");
      html.append(Html.percent(counts[actual][actual], row)).append("</td></tr>\n");
    }
    html.append("</tbody>\n");
    return matrix ? html.append(precisionRow()).toString() : html.toString();
  }

  /** List items, the pairs most often confused first. */
  String pairs() {
    record Pair(int actual, int predicted, long count) {}
    List<Pair> wrong = new ArrayList<>();
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        if (actual != predicted && counts[actual][predicted] > 0) {
          wrong.add(new Pair(actual, predicted, counts[actual][predicted]));
        }
      }
    }
    wrong.sort(Comparator.comparingLong(Pair::count).reversed()); // stable: ties in class order
    StringBuilder html = new StringBuilder();
    for (Pair pair : wrong.subList(0, Math.min(MOST_PAIRS, wrong.size()))) {
      html.append("<li><b>%s</b> taken for <b>".formatted(names.get(pair.actual())))
          .append(names.get(pair.predicted()))
          .append(
              "</b> <span class=\"times\">%s×</span></li>\n".formatted(Html.count(pair.count())));
    }
    return html.isEmpty() ? "<li>none</li>\n" : html.toString();
  }

  private String cell(int actual, int predicted, long row) {
    long count = counts[actual][predicted];
    if (count == 0) {
      return "<td class=\"zero\">0</td>";
    }
    double share = (double) count / row;
    boolean hit = actual == predicted;
    return String.format(
        Locale.ROOT,
        "<td class=\"%s\" style=\"--heat:%.3f\">%s</td>",
        hit ? "hit" : "miss",
        hit ? share : LEAST_ERROR_HEAT + (1 - LEAST_ERROR_HEAT) * Math.sqrt(share),
        Html.count(count));
  }

  private String precisionRow() {
    StringBuilder html = new StringBuilder("<tfoot>\n<tr><th scope=\"row\">precision</th>");
    for (int predicted = 0; predicted < names.size(); predicted++) {
      int column = predicted;
      long all = LongStream.range(0, counts.length).map(a -> counts[(int) a][column]).sum();
      html.append("<td>").append(Html.percent(counts[column][column], all)).append("</td>");
    }
    html.append("<td class=\"edge\">").append(Html.count(images())).append("</td><td>");
    return html.append(Html.percent(right(), images())).append("</td></tr>\n</tfoot>\n").toString();
  }

  private long row(int actual) {
    return LongStream.of(counts[actual]).sum();
  }
}
