package io.lanewise.cli.profile;

import io.lanewise.cli.page.Html;
import java.util.Locale;

/**
 * The nodes as bars in the order in which they run: one strip, and a row each. Lengths are parts of
 * the run, so that they fit any width.
 */
final class Timeline {
  private static final double MILLION = 1e6;
  private static final double WIDTH = 1000; // of the strip's own coordinates

  private final ModelReport report;
  private final double total;

  Timeline(ModelReport report) {
    this.report = report;
    total = Math.max(1, report.nodes().stream().mapToDouble(ProfiledNode::nanos).sum());
  }

  /** Rectangles for an SVG that is {@value #WIDTH} wide and 1 high. */
  String strip() {
    StringBuilder svg = new StringBuilder();
    double at = 0;
    for (ProfiledNode n : report.nodes()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%.2f\" width=\"%.2f\" height=\"1\"><title>%s</title></rect>%n",
              kind(n),
              WIDTH * at / total,
              WIDTH * n.nanos() / total,
              Html.escape(title(n))));
      at += n.nanos();
    }
    return svg.toString();
  }

  /** List items. */
  String rows() {
    StringBuilder html = new StringBuilder();
    double at = 0;
    for (ProfiledNode n : report.nodes()) {
      html.append(
          String.format(
              Locale.ROOT,
              "<li title=\"%s\"><span class=\"name\">%s</span><span class=\"track\"><span"
                  + " class=\"bar %s\" style=\"margin-left:%.3f%%;width:%.3f%%\"></span></span>"
                  + "<span class=\"time\">%.3f</span></li>%n",
              Html.escape(title(n)),
              Html.escape(n.name()),
              kind(n),
              100 * at / total,
              100 * n.nanos() / total,
              n.nanos() / MILLION));
      at += n.nanos();
    }
    return html.toString();
  }

  private String kind(ProfiledNode n) {
    return n.isBoundByArithmetic(report.peakGflops()) ? "work" : "move";
  }

  private String title(ProfiledNode n) {
    return String.format(
        Locale.ROOT,
        "%s: %s%s, %.3f ms, %.0f %% of peak, %.0f %% of copy",
        n.name(),
        n.operation(),
        n.algorithm().isEmpty() ? "" : " by " + n.algorithm(),
        n.nanos() / MILLION,
        100 * n.peakShare(report.peakGflops()),
        100 * n.copyShare());
  }
}
