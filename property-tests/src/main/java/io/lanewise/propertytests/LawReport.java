package io.lanewise.propertytests;

import java.util.List;
import java.util.Locale;

/**
 * What a run of the law-book came to.
 *
 * @param backend what was checked, in the backend's own words
 * @param results one a law
 * @param distinctShapes how many different shapes were checked, over all laws
 */
public record LawReport(String backend, List<LawResult> results, int distinctShapes) {
  /** Keeps its own copy. */
  public LawReport {
    results = List.copyOf(results);
  }

  /** True if every law holds that the backend offers anything for. */
  public boolean holds() {
    return results.stream()
        .allMatch(r -> r.verdict() == Verdict.HOLDS || r.verdict() == Verdict.NOT_OFFERED);
  }

  /** The failing cases, shrunk, one line each. */
  public List<String> failures() {
    return results.stream().flatMap(r -> r.failure().stream()).map(Case::line).toList();
  }

  /** A table: law, cases, worst error as a share of its bound, verdict. */
  public String table() {
    int width = results.stream().mapToInt(r -> r.law().name().length()).max().orElse(3);
    StringBuilder text = new StringBuilder();
    String row = "%-" + width + "s %6s %12s  %s%n";
    text.append(String.format(Locale.ROOT, row, "law", "cases", "error/bound", "verdict"));
    for (LawResult r : results) {
      String worst = r.worst() == 0 ? "exact" : String.format(Locale.ROOT, "%.3f", r.worst());
      text.append(
          String.format(
              Locale.ROOT,
              row,
              r.law().name(),
              r.cases(),
              r.cases() == 0 ? "-" : worst,
              r.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
    return text.toString();
  }
}
