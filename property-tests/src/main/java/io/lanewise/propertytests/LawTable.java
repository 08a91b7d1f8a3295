package io.lanewise.propertytests;

import java.util.List;
import java.util.Locale;

/** The lines of a table of results: law, cases, worst error as a share of its bound, verdict. */
public final class LawTable {
  private final String format;

  /** A table with room for these laws' names. */
  public LawTable(List<? extends Law<?>> laws) {
    int width = laws.stream().mapToInt(l -> l.name().length()).max().orElse(0);
    this.format = "%-" + Math.max(width, "law".length()) + "s %7s %12s  %s";
  }

  /** The names of the columns. */
  public String header() {
    return line("law", "cases", "error/bound", "verdict");
  }

  /** One law's line. */
  public String row(LawResult r) {
    String worst = r.worst() == 0 ? "exact" : String.format(Locale.ROOT, "%.3f", r.worst());
    return line(
        r.law().name(),
        String.format(Locale.ROOT, "%,d", r.cases()),
        r.cases() == 0 ? "-" : worst,
        verdict(r));
  }

  private String line(String law, String cases, String worst, String verdict) {
    return String.format(Locale.ROOT, format, law, cases, worst, verdict);
  }

  private static String verdict(LawResult r) {
    String word = r.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (r.verdict() == Verdict.NOT_OFFERED) {
      return word + r.reason().map(why -> ": " + why).orElse("");
    }
    return r.notOffered() == 0
        ? word
        : word + String.format(Locale.ROOT, " (%,d more not offered)", r.notOffered());
  }
}
