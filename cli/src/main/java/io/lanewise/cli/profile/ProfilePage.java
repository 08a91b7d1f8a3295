package io.lanewise.cli.profile;

import io.lanewise.cli.page.Html;
import io.lanewise.cli.page.PageFile;
import io.lanewise.cli.page.PageResources;
import io.lanewise.cli.page.PageTemplate;
import io.lanewise.cli.page.ReportNotWrittenException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as one HTML file that loads nothing and has no script: timeline, roofline, table. */
public final class ProfilePage {
  private static final double MILLION = 1e6;

  private ProfilePage() {}

  /**
   * Renders to a file, which is either the complete new page or what it was before.
   *
   * @param file written; its folder must exist
   * @throws ReportNotWrittenException if it cannot be written, saying why
   */
  public static void write(ModelReport report, Path file) throws ReportNotWrittenException {
    PageFile.write(file, render(report));
  }

  /** The whole page. All text of the model is escaped: it cannot become markup. */
  public static String render(ModelReport report) {
    Timeline timeline = new Timeline(report);
    Map<String, String> values = new HashMap<>();
    values.put(
        "style", PageResources.baseStyle() + PageResources.of(ProfilePage.class, "profile.css"));
    values.put("title", Html.escape(report.model()));
    values.put("millis", fixed(report.nanos() / MILLION, 2));
    values.put("gigaflops", fixed(report.flops() / Math.max(1, report.nanos()), 0));
    values.put(
        "peakShare",
        fixed(100 * report.flops() / Math.max(1, report.nanos()) / report.peakGflops(), 0));
    values.put("facts", Html.facts(report.facts()));
    values.put("rival", report.rival().map(r -> rival(report, r)).orElse(""));
    values.put("strip", timeline.strip());
    values.put("timeline", timeline.rows());
    values.put("wideRoofline", new RooflineChart(report, 960, 440).svg());
    values.put("narrowRoofline", new RooflineChart(report, 350, 330).svg());
    values.put("rivalHead", report.rival().isPresent() ? "<th>theirs, ms</th><th>ratio</th>" : "");
    values.put("rows", rows(report));
    return PageTemplate.fill(PageResources.of(ProfilePage.class, "profile.html"), values);
  }

  private static String rival(ModelReport report, ModelReport.Rival r) {
    return "<p>%s takes %s ms a run by its own profiler: our time is %s of its. %s ms of that are in"
            .formatted(
                Html.escape(r.name()),
                fixed(r.nanos() / MILLION, 2),
                fixed(report.nanos() / r.nanos(), 2),
                fixed(r.otherNanos() / MILLION, 2))
        + " %d nodes that are none of ours, such as reorders of its own.</p>".formatted(r.others());
  }

  private static String rows(ModelReport report) {
    StringBuilder html = new StringBuilder();
    for (ProfiledNode n : report.nodes()) {
      List<String> cells =
          List.of(
              fixed(n.nanos() / MILLION, 3),
              fixed(100 * n.nanos() / Math.max(1, report.nanos()), 1),
              fixed(n.gigaflops(), 1),
              fixed(100 * n.peakShare(report.peakGflops()), 0),
              fixed(n.bytes() / MILLION, 2),
              fixed(100 * n.copyShare(), 0));
      html.append("<tr><th scope=\"row\">").append(Html.escape(n.name())).append("<small>");
      html.append(Html.escape(n.operation()));
      if (!n.algorithm().isEmpty()) {
        html.append(" by ").append(Html.escape(n.algorithm()));
      }
      html.append("</small></th>");
      cells.forEach(cell -> html.append("<td>").append(cell).append("</td>"));
      if (report.rival().isPresent()) {
        html.append(theirs(n));
      }
      html.append("</tr>\n");
    }
    return html.toString();
  }

  private static String theirs(ProfiledNode n) {
    if (n.rivalNanos().isEmpty()) {
      return "<td>%s</td><td>%s</td>".formatted(Html.NONE, Html.NONE);
    }
    double theirs = n.rivalNanos().getAsDouble();
    return "<td>%s</td><td>%s</td>"
        .formatted(
            fixed(theirs / MILLION, 3), theirs == 0 ? Html.NONE : fixed(n.nanos() / theirs, 2));
  }

  private static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
