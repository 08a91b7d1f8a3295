package io.lanewise.cli;

import io.lanewise.propertytests.Case;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.LawResult;
import io.lanewise.propertytests.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands below the table of laws. */
final class VerifySummary {
  private VerifySummary() {}

  /**
   * Prints the failing cases, each with a command that repeats it, and one line in the end.
   *
   * @param command what the options of a repeated case are put behind
   */
  static void print(LawReport report, String command, double seconds, PrintWriter out) {
    List<Case> failures = report.results().stream().flatMap(r -> r.failure().stream()).toList();
    for (Case c : failures) {
      out.println(sentence(c));
      out.println("  " + command + " " + c.options());
    }
    if (!failures.isEmpty()) {
      out.println();
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%s; %,d cases, %,d distinct shapes, %.0f s",
            verdicts(report),
            report.results().stream().mapToInt(LawResult::cases).sum(),
            report.distinctShapes(),
            seconds));
    out.flush();
  }

  /** One case in words: one line, however many the backend's message has. */
  static String sentence(Case c) {
    String verdict = c.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String detail = c.detail().map(d -> ": " + d.replaceAll("\\s+", " ")).orElse("");
    return c.law() + " " + verdict + " for \"" + c.shape() + "\" with seed " + c.seed() + detail;
  }

  private static String verdicts(LawReport report) {
    List<String> parts = new ArrayList<>();
    for (Verdict v : Verdict.values()) {
      long n = report.results().stream().filter(r -> r.verdict() == v).count();
      if (n > 0) {
        parts.add(n + " " + verb(v, n));
      }
    }
    return String.join(", ", parts);
  }

  private static String verb(Verdict v, long n) {
    return switch (v) {
      case HOLDS -> n == 1 ? "law holds" : "laws hold";
      case NOT_OFFERED -> "not offered";
      case PROVED_NOTHING -> "proved nothing";
      case FAILS -> n == 1 ? "fails" : "fail";
    };
  }
}
