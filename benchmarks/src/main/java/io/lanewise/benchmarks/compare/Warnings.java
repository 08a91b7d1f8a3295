package io.lanewise.benchmarks.compare;

import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes two results less comparable. */
final class Warnings {
  private Warnings() {}

  static List<String> of(BenchResult old, BenchResult now, List<Change> kernels) {
    List<String> warnings = new ArrayList<>();
    differ(warnings, "processors", old.host().cpu(), now.host().cpu());
    differ(warnings, "numbers of cores", old.host().cores(), now.host().cores());
    differ(warnings, "operating systems", old.host().os(), now.host().os());
    differ(warnings, "JVMs", jvm(old), jvm(now));
    differ(
        warnings,
        "JVM flags",
        String.join(" ", old.jvm().flags()),
        String.join(" ", now.jvm().flags()));
    differ(warnings, "numbers of threads", old.settings().threads(), now.settings().threads());
    differ(
        warnings,
        "milliseconds of a visit",
        old.settings().visitMillis(),
        now.settings().visitMillis());
    few(warnings, "old", old);
    few(warnings, "new", now);
    missing(warnings, "old", keys(old), keys(now));
    missing(warnings, "new", keys(now), keys(old));
    versions(warnings, old, now);
    rivals(warnings, kernels);
    return warnings;
  }

  private static String jvm(BenchResult result) {
    return result.jvm().name() + " " + result.jvm().version();
  }

  private static void differ(List<String> warnings, String what, Object old, Object now) {
    if (!Objects.equals(old, now)) {
      warnings.add("the " + what + " differ: old " + old + ", new " + now);
    }
  }

  private static void few(List<String> warnings, String which, BenchResult result) {
    if (result.settings().forks() < 2) {
      warnings.add(
          "the "
              + which
              + " result has one fork, from which nothing can be said about the next: measure with"
              + " --forks 5");
    }
  }

  private static Set<Row.Key> keys(BenchResult result) {
    return result.rows().stream().filter(Row::measured).map(Row::key).collect(Collectors.toSet());
  }

  private static void missing(
      List<String> warnings, String which, Set<Row.Key> has, Set<Row.Key> other) {
    Set<Row.Key> only = new HashSet<>(has);
    only.removeAll(other);
    if (!only.isEmpty()) {
      warnings.add(
          only.size()
              + (only.size() == 1 ? " row is" : " rows are")
              + " in the "
              + which
              + " result only, such as: "
              + only.stream().map(Row.Key::toString).sorted().findFirst().orElseThrow());
    }
  }

  private static void versions(List<String> warnings, BenchResult old, BenchResult now) {
    for (ContenderInfo contender : now.contenders()) {
      old.contenderVersion(contender.name())
          .ifPresent(
              version ->
                  differ(
                      warnings, "versions of " + contender.name(), version, contender.version()));
    }
  }

  /** Code that is the same in both results tells of the machine. */
  private static void rivals(List<String> warnings, List<Change> kernels) {
    for (Change c : kernels) {
      boolean changed = c.verdict() == Verdict.SLOWER || c.verdict() == Verdict.FASTER;
      if (changed && !ContenderInfo.ours(c.contender())) {
        warnings.add(
            c.what()
                + " is "
                + c.verdict().words()
                + ", although its code is not ours: the machine was not the same");
      }
    }
  }
}
