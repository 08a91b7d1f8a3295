package io.lanewise.propertytests.onnxruntime;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.propertytests.Case;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.LawResult;
import io.lanewise.propertytests.Verdict;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** A comparison in Markdown. */
final class LawComparisonPage {
  private static final String SEPARATOR = " · ";
  private static final String PROCESSOR = "- processor: ";
  private static final String SIMD = "- Lanewise SIMD: ";

  private LawComparisonPage() {}

  static String markdown(LawComparison c, List<KnownDifference> known) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # The law-book, checked

        Which laws hold for our two backends and for ONNX Runtime (an adapter in `property-tests`). Written by
        `LawComparisonTest`, which fails if a verdict changes or a difference is not explained below; to write it anew:

            mvn -pl property-tests -am test -Dtest=LawComparisonTest -Dsurefire.failIfNoSpecifiedTests=false -Dlanewise.lawbook.write=true

        `./lanewise verify` checks the same laws on your machine, `./lanewise verify --list` names their sources. The number after a
        verdict is the greatest error as a share of the law's bound.

        """);
    page.append(
        String.format(
            Locale.ROOT,
            "%s: %d cases of each law, seed 1, on %s.%n%n",
            LocalDate.now(ZoneOffset.UTC),
            c.cases(),
            Machine.jvm()));
    processor().forEach(line -> page.append(line).append('\n'));
    page.append("- Lanewise scalar: ").append(c.scalar().backend()).append('\n');
    page.append("- ONNX Runtime: ").append(c.rival().backend()).append("\n\n");
    table(c, page);
    differences(c.rival(), known, page);
    return page.toString().replace(System.lineSeparator(), "\n");
  }

  private static void table(LawComparison c, StringBuilder page) {
    page.append("| law | statement | Lanewise SIMD | Lanewise scalar | ONNX Runtime |\n");
    page.append("|---|---|---|---|---|\n");
    for (int i = 0; i < c.best().results().size(); i++) {
      LawResult ours = c.best().results().get(i);
      page.append("| ").append(ours.law().name());
      page.append(" | ").append(ours.law().formula().replace("|", "\\|"));
      for (LawReport report : List.of(c.best(), c.scalar(), c.rival())) {
        page.append(" | ").append(cell(report.results().get(i)));
      }
      page.append(" |\n");
    }
  }

  private static String cell(LawResult r) {
    String word = r.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (r.verdict() == Verdict.NOT_OFFERED) {
      return word;
    }
    if (r.verdict() != Verdict.HOLDS) {
      return "**" + word + "**";
    }
    String worst = r.worst() == 0 ? "exact" : String.format(Locale.ROOT, "%.2f", r.worst());
    String part =
        r.notOffered() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", %d of %d not offered", r.notOffered(), r.notOffered() + r.cases());
    return word + SEPARATOR + worst + part;
  }

  private static void differences(
      LawReport rival, List<KnownDifference> known, StringBuilder page) {
    page.append("\n## Where ONNX Runtime differs, and why\n");
    for (KnownDifference d : known) {
      List<LawResult> laws = rival.results().stream().filter(d::explains).toList();
      page.append("\n**").append(String.join(", ", d.what())).append("**: ");
      page.append(d.verdict() == Verdict.NOT_OFFERED ? laws.size() + " laws not offered" : "fails");
      page.append(d.everywhere() ? ". " : " on this processor. ").append(d.why()).append('\n');
      laws.stream()
          .flatMap(r -> r.failure().stream())
          .forEach(c -> page.append("\n    ").append(example(c)));
      page.append(laws.stream().anyMatch(r -> r.failure().isPresent()) ? "\n" : "");
    }
  }

  private static String example(Case c) {
    return c.law()
        + " \""
        + c.shape()
        + "\": "
        + c.detail().orElse("").lines().findFirst().orElse("");
  }

  /** What {@link #processor(String)} finds in a page that is written now. */
  static List<String> processor() {
    return List.of(PROCESSOR + Machine.detect().arch(), SIMD + Backend.best().describe());
  }

  /** The lines of a page that say what processor it was written on. */
  static List<String> processor(String page) {
    return page.lines().filter(l -> l.startsWith(PROCESSOR) || l.startsWith(SIMD)).toList();
  }

  /** What {@link #verdicts(String)} finds in a page where ours keep every law. */
  static List<String> verdicts(LawReport rival) {
    return rival.results().stream()
        .map(r -> r.law().name() + " | holds | holds | " + cell(r).split(SEPARATOR, -1)[0])
        .toList();
  }

  /** The verdicts of a page's table, one line a law, without numbers. */
  static List<String> verdicts(String page) {
    return page.lines()
        .filter(l -> l.startsWith("| ") && !l.startsWith("| law |"))
        .map(
            l -> {
              String[] cells = l.split("(?<!\\\\)\\|", -1);
              StringBuilder row = new StringBuilder(cells[1].strip());
              for (int i = 3; i < cells.length - 1; i++) {
                row.append(" | ").append(cells[i].split(SEPARATOR, -1)[0].strip());
              }
              return row.toString();
            })
        .toList();
  }
}
