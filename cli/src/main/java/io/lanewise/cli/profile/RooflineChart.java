package io.lanewise.cli.profile;

import io.lanewise.cli.page.Html;
import java.util.List;
import java.util.Locale;

/**
 * Operations a second over operations a byte, both axes logarithmic, as SVG: a dot a node, its area
 * as large as its time, under the peak and what the slowest and the fastest copy can feed
 * (Williams, Waterman, Patterson, Roofline, 2009).
 */
final class RooflineChart {
  private static final int LEFT = 46;
  private static final int BOTTOM = 40;
  private static final int TOP = 16;
  private static final int RIGHT = 24;
  private static final double LARGEST = 16; // a dot's radius if it were the whole run
  private static final double SMALLEST = 2;

  private final ModelReport report;
  private final List<ProfiledNode> nodes;
  private final int width;
  private final int height;
  private final double minX;
  private final double maxX;
  private final double minY;
  private final double maxY;

  RooflineChart(ModelReport report, int width, int height) {
    this.report = report;
    this.width = width;
    this.height = height;
    nodes =
        report.nodes().stream()
            .filter(n -> n.flops() > 0 && n.bytes() > 0 && n.nanos() > 0)
            .toList();
    minX = decade(nodes.stream().mapToDouble(ProfiledNode::intensity).min().orElse(1), false);
    maxX = decade(nodes.stream().mapToDouble(ProfiledNode::intensity).max().orElse(10), true);
    minY = decade(nodes.stream().mapToDouble(ProfiledNode::gigaflops).min().orElse(1), false);
    double fastest = nodes.stream().mapToDouble(ProfiledNode::gigaflops).max().orElse(1);
    maxY = decade(Math.max(fastest, report.peakGflops()), true);
  }

  /** Exponent of the power of ten at or beyond a value. */
  private static double decade(double value, boolean up) {
    double exponent = Math.log10(value);
    return up ? Math.max(Math.ceil(exponent), Math.floor(exponent) + 1) : Math.floor(exponent);
  }

  private double x(double intensity) {
    return LEFT + (Math.log10(intensity) - minX) / (maxX - minX) * (width - LEFT - RIGHT);
  }

  private double y(double gigaflops) {
    double part = (Math.log10(gigaflops) - minY) / (maxY - minY);
    return height - BOTTOM - part * (height - BOTTOM - TOP);
  }

  /** The whole element. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Roofline of %d nodes\">%n"
            .formatted(width, height, nodes.size()));
    grid(svg);
    roofs(svg);
    double total = Math.max(1, report.nanos());
    for (ProfiledNode n : nodes) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s: %.1f GFLOP/s, %.1f"
                  + " operations a byte</title></circle>%n",
              n.isBoundByArithmetic(report.peakGflops()) ? "work" : "move",
              x(n.intensity()),
              y(n.gigaflops()),
              SMALLEST + LARGEST * Math.sqrt(n.nanos() / total),
              Html.escape(n.name() + " " + n.operation()),
              n.gigaflops(),
              n.intensity()));
    }
    return svg.append("</svg>\n").toString();
  }

  private void grid(StringBuilder svg) {
    for (int e = (int) minX; e <= maxX; e++) {
      double at = x(Math.pow(10, e));
      line(svg, "grid", at, TOP, at, height - BOTTOM);
      text(svg, at, height - BOTTOM + 16, "middle", power(e));
    }
    for (int e = (int) minY; e <= maxY; e++) {
      double at = y(Math.pow(10, e));
      line(svg, "grid", LEFT, at, width - RIGHT, at);
      text(svg, LEFT - 6, at + 4, "end", power(e));
    }
    text(svg, (LEFT + width) / 2.0, height - 6, "middle", "operations a byte");
    text(svg, 2, 11, "start", "GFLOP/s");
  }

  private static String power(int exponent) {
    return exponent < 0 ? "0." + "0".repeat(-exponent - 1) + "1" : "1" + "0".repeat(exponent);
  }

  private void roofs(StringBuilder svg) {
    double peak = report.peakGflops();
    line(svg, "roof", LEFT, y(peak), width - RIGHT, y(peak));
    double slowest = nodes.stream().mapToDouble(ProfiledNode::copyGBs).min().orElse(1);
    double fastest = nodes.stream().mapToDouble(ProfiledNode::copyGBs).max().orElse(1);
    slope(svg, slowest);
    slope(svg, fastest);
    text(
        svg,
        width - RIGHT - 4.0,
        y(peak) - 6,
        "end",
        String.format(Locale.ROOT, "peak %.0f", peak));
  }

  /** From the left or lower edge up to the peak. */
  private void slope(StringBuilder svg, double gigabytes) {
    double from = Math.max(Math.pow(10, minX), Math.pow(10, minY) / gigabytes);
    double to = Math.min(Math.pow(10, maxX), report.peakGflops() / gigabytes);
    if (from < to) {
      line(svg, "roof", x(from), y(from * gigabytes), x(to), y(to * gigabytes));
    }
  }

  private static void line(
      StringBuilder svg, String kind, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
            kind,
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            Html.escape(words)));
  }
}
