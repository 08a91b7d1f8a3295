package io.lanewise.benchmarks.report;

import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.HostInfo;
import io.lanewise.benchmarks.result.MemoryLevel;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import io.lanewise.benchmarks.result.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Machine, JVM, flags, roofs and settings, without which a number means nothing. */
final class Circumstances {
  private Circumstances() {}

  /** The command that makes the result again. */
  static String command(BenchResult result) {
    return result.settings().arguments().stream()
        .map(Circumstances::quoted)
        .collect(Collectors.joining(" ", "./lanewise bench ", ""))
        .strip();
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  /** One fact a line. */
  static List<String> lines(BenchResult result) {
    HostInfo host = result.host();
    List<String> lines = new ArrayList<>();
    lines.add("date: " + result.date());
    lines.add(
        "machine: %s, %s, %s, L1 %s, L2 %s, L3 %s, %s"
            .formatted(
                host.cpu(),
                host.arch(),
                Numbers.count(host.cores(), "core"),
                memory(host.l1Bytes()),
                memory(host.l2Bytes()),
                host.l3Bytes() == null ? "not known" : memory(host.l3Bytes()),
                host.os()));
    lines.add("JDK: " + result.jvm().name() + " " + result.jvm().version());
    lines.add("flags: " + String.join(" ", result.jvm().flags()));
    if (result.commit() != null) {
      lines.add("commit: " + result.commit());
    }
    for (ContenderInfo contender : result.contenders()) {
      lines.add(contender.name() + ": " + contender.version());
    }
    for (int threads : result.settings().threads()) {
      roofs(result, threads, lines);
    }
    lines.add(settings(result.settings()));
    return lines;
  }

  private static void roofs(BenchResult result, int threads, List<String> lines) {
    List<Row> rows =
        result.rows().stream().filter(r -> r.threads() == threads && r.measured()).toList();
    if (rows.isEmpty()) {
      return;
    }
    List<String> copies = new ArrayList<>();
    for (MemoryLevel level : MemoryLevel.values()) {
      double[] rates =
          rows.stream()
              .filter(r -> r.level() == level)
              .flatMap(r -> r.samples().stream())
              .mapToDouble(Sample::copyGBs)
              .toArray();
      if (rates.length > 0) {
        copies.add(level.label() + " " + Numbers.three(Derived.median(rates)) + " GB/s");
      }
    }
    double[] peaks =
        rows.stream().flatMap(r -> r.samples().stream()).mapToDouble(Sample::peakGflops).toArray();
    lines.add(
        "roofs on %s: FMA peak %s GFLOP/s; copy, read plus written, %s"
            .formatted(
                Numbers.count(threads, "thread"),
                Numbers.three(Derived.median(peaks)),
                String.join(", ", copies)));
  }

  private static String settings(Settings s) {
    return "%s of %s, visits of %d ms after %d ms to warm up"
        .formatted(
            Numbers.count(s.forks(), "fork"),
            Numbers.count(s.rounds(), "round"),
            s.visitMillis(),
            s.warmUpMillis());
  }

  private static String memory(long bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
  }
}
