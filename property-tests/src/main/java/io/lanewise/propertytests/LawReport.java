package io.lanewise.propertytests;

import java.util.List;

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
    LawTable table = new LawTable(results.stream().map(LawResult::law).toList());
    StringBuilder text = new StringBuilder(table.header()).append(System.lineSeparator());
    results.forEach(r -> text.append(table.row(r)).append(System.lineSeparator()));
    return text.toString();
  }
}
