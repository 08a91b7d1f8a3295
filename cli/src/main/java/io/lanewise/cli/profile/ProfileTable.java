package io.lanewise.cli.profile;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** A report as text: the nodes that take longest first. */
public final class ProfileTable {
  private static final double MILLION = 1e6;

  private final ModelReport report;

  /** Of a report. */
  public ProfileTable(ModelReport report) {
    this.report = report;
  }

  /** Prints at most so many nodes, and the sums. */
  public void print(PrintWriter out, int most) {
    out.printf(
        Locale.ROOT,
        "%8s %6s %8s %6s %8s %6s%s  %s%n",
        "ms",
        "share",
        "GFLOP/s",
        "peak",
        "MB",
        "copy",
        report.rival().isPresent() ? "   theirs  ratio" : "",
        "node");
    Stream<ProfiledNode> slowest =
        report.nodes().stream().sorted(Comparator.comparingDouble(n -> -n.nanos()));
    slowest.limit(most).forEach(n -> print(n, out));
    out.println();
    report.rival().ifPresent(r -> print(r, out));
  }

  private void print(ProfiledNode n, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%8.3f %5.1f%% %8.1f %5.0f%% %8.2f %5.0f%%%s  %s: %s%s%n",
        n.nanos() / MILLION,
        100 * n.nanos() / Math.max(1, report.nanos()),
        n.gigaflops(),
        100 * n.peakShare(report.peakGflops()),
        n.bytes() / MILLION,
        100 * n.copyShare(),
        theirs(n),
        n.name(),
        n.operation(),
        n.algorithm().isEmpty() ? "" : " by " + n.algorithm());
  }

  private String theirs(ProfiledNode n) {
    if (report.rival().isEmpty()) {
      return "";
    }
    return n.rivalNanos().isEmpty()
        ? " ".repeat(16)
        : String.format(
            Locale.ROOT,
            " %8.3f %6.2f",
            n.rivalNanos().getAsDouble() / MILLION,
            n.nanos() / n.rivalNanos().getAsDouble());
  }

  private void print(ModelReport.Rival rival, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %.3f ms a run, of which %.3f in %d nodes that are none of ours; ours over theirs"
            + " %.2f%n",
        rival.name(),
        rival.nanos() / MILLION,
        rival.otherNanos() / MILLION,
        rival.others(),
        report.nanos() / rival.nanos());
  }
}
