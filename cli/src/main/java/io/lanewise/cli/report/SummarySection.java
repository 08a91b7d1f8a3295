package io.lanewise.cli.report;

import io.lanewise.cli.page.Html;
import java.util.List;

/** The model's layers as table rows, and their totals. */
final class SummarySection {

  private SummarySection() {}

  /** Body and foot of the table. */
  static String table(List<SummaryRow> rows) {
    StringBuilder html = new StringBuilder("<tbody>\n");
    long parameters = 0;
    long flops = 0;
    for (SummaryRow row : rows) {
      html.append("<tr><th scope=\"row\">").append(Html.escape(row.layer())).append("</th><td>");
      html.append(Html.escape(row.outputShape())).append("</td><td>");
      html.append(Html.count(row.parameters())).append("</td><td>");
      html.append(Html.escape(row.receptiveField())).append("</td><td>");
      html.append(flopsCell(row.flops())).append("</td></tr>\n");
      parameters = Math.addExact(parameters, row.parameters());
      flops = Math.addExact(flops, row.flops());
    }
    html.append("</tbody>\n<tfoot>\n<tr><th scope=\"row\">total</th><td></td><td>");
    html.append(Html.count(parameters)).append("</td><td></td><td>");
    return html.append(flopsCell(flops)).append("</td></tr>\n</tfoot>\n").toString();
  }

  private static String flopsCell(long flops) {
    return "<span title=\"%s\">%s</span>".formatted(Html.count(flops), Html.operations(flops));
  }
}
