package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.HostInfo;
import io.lanewise.benchmarks.result.Settings;
import io.lanewise.cli.page.Fact;
import io.lanewise.cli.page.Html;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was measured, on what, with what, when and how. */
final class BenchHeader {
  private static final int MOST_NAMES = 4;
  private static final int COMMIT_DIGITS = 12;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private BenchHeader() {}

  /** Such as {@code "conv, max-pool: resnet50"}. */
  static String title(BenchResult result) {
    Settings asked = result.settings();
    String ops = names(asked.ops().stream().map(Op::option).toList(), "operation");
    String shapes = names(asked.shapes(), "list");
    return Stream.of(ops, shapes).filter(s -> !s.isEmpty()).collect(Collectors.joining(": "));
  }

  /** The facts, in the order of a reader's questions. */
  static List<Fact> facts(BenchResult result) {
    HostInfo host = result.host();
    Settings s = result.settings();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Processor", host.cpu() + ", " + host.arch()));
    facts.add(new Fact("Cores", Html.count(host.cores())));
    facts.add(new Fact("Caches", caches(host)));
    facts.add(new Fact("System", host.os()));
    facts.add(new Fact("JDK", result.jvm().version() + ", " + result.jvm().name()));
    facts.add(new Fact("Threads", joined(s.threads())));
    facts.add(new Fact("Batch", batches(s.batches())));
    facts.add(
        new Fact(
            "Repeated",
            Figures.count(s.forks(), "fork") + " × " + Figures.count(s.rounds(), "round")));
    facts.add(
        new Fact(
            "Visits",
            "%s ms, warm-up %s ms"
                .formatted(Html.count(s.visitMillis()), Html.count(s.warmUpMillis()))));
    facts.add(new Fact("Date", DATE.format(result.instant())));
    facts.add(new Fact("Commit", commit(result.commit())));
    return facts;
  }

  /** List items: colour, name and version of each contender. */
  static String contenders(Lineup lineup) {
    StringBuilder html = new StringBuilder();
    for (ContenderInfo c : lineup.contenders()) {
      html.append("<li>%s <span class=\"version\">".formatted(lineup.label(c)));
      html.append(Html.escape(c.version())).append("</span></li>\n");
    }
    return html.toString();
  }

  /** The command that makes the run again. */
  static String command(BenchResult result) {
    return result.settings().arguments().stream()
        .map(BenchHeader::quoted)
        .collect(Collectors.joining(" ", "lanewise bench ", ""))
        .strip();
  }

  private static String names(List<String> names, String one) {
    return names.size() > MOST_NAMES ? Figures.count(names.size(), one) : String.join(", ", names);
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(Html::count).collect(Collectors.joining(", "));
  }

  private static String caches(HostInfo host) {
    String l3 = host.l3Bytes() == null ? "L3 unknown" : Figures.memory(host.l3Bytes()) + " L3";
    return "%s L1, %s L2, %s"
        .formatted(Figures.memory(host.l1Bytes()), Figures.memory(host.l2Bytes()), l3);
  }

  private static String commit(String commit) {
    if (commit == null) {
      return "not known";
    }
    return commit.length() > COMMIT_DIGITS ? commit.substring(0, COMMIT_DIGITS) : commit;
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private static String batches(List<Integer> sizes) {
    return sizes.isEmpty()
        ? "as in the lists"
        : sizes.stream().map(Html::count).collect(Collectors.joining(" and "));
  }
}
