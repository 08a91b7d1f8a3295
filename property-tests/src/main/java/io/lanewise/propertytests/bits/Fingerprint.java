package io.lanewise.propertytests.bits;

import io.lanewise.propertytests.BackendName;
import io.lanewise.propertytests.LawViolation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the fingerprint program printed in one JVM.
 *
 * @param backend its description
 * @param fma true if that JVM has a hardware fused multiply-add
 * @param lines in the order of the runs, the first run's first
 */
record Fingerprint(String backend, boolean fma, List<BitLine> lines) {

  /**
   * Runs the program.
   *
   * @throws UnsupportedOperationException if a JVM with this setting has no such backend
   * @throws LawViolation if the program failed
   */
  static Fingerprint of(BackendName backend, Setting setting, List<String> ops) {
    ChildJvm.Run run =
        ChildJvm.run(
            FingerprintMain.class,
            setting.options(),
            backend.classPath(),
            List.of(backend.name(), String.join(",", ops), teams(setting, ops)));
    if (run.exit() != 0) {
      throw new LawViolation(
          "a JVM with " + setting.typed() + " ended with " + run.exit() + ": " + lastLine(run));
    }
    if (run.out().contains(FingerprintMain.UNSUPPORTED + " ")) {
      throw new UnsupportedOperationException(run.line(FingerprintMain.UNSUPPORTED));
    }
    return new Fingerprint(
        run.line(FingerprintMain.BACKEND),
        Boolean.parseBoolean(run.line(FingerprintMain.FMA)),
        run.out().lines().flatMap(l -> BitLine.parse(l).stream()).toList());
  }

  /** A plain JVM tells that the number of threads changes nothing; the others need one team. */
  private static String teams(Setting setting, List<String> ops) {
    if (ops.contains(BitCases.LONG_OP)) {
      return "2";
    }
    return setting.equals(Setting.PLAIN) ? "2,3" : "3";
  }

  private static String lastLine(ChildJvm.Run run) {
    String all = run.out() + run.err();
    return all.lines()
        .filter(l -> l.contains("Exception") || l.contains("Error"))
        .findFirst()
        .or(() -> all.lines().reduce((a, b) -> b))
        .orElse("no output");
  }

  /** The results of an operation, by run and name. */
  Map<String, Map<String, String>> runs(String op) {
    return lines.stream()
        .filter(l -> l.op().equals(op))
        .collect(
            Collectors.groupingBy(
                BitLine::run,
                LinkedHashMap::new,
                Collectors.toMap(
                    BitLine::name,
                    BitLine::value,
                    (a, b) -> {
                      throw new IllegalStateException("two cases of one name in " + op);
                    },
                    LinkedHashMap::new)));
  }

  /** The results of an operation's first run, by name: what all others are compared with. */
  Map<String, String> first(String op) {
    return runs(op).values().stream().findFirst().orElse(Map.of());
  }

  /** The first result of an operation that {@code other} has otherwise, in words. */
  Optional<String> firstDifference(String op, Fingerprint other) {
    Map<String, String> want = first(op);
    for (Map.Entry<String, Map<String, String>> run : other.runs(op).entrySet()) {
      Map<String, String> got = run.getValue();
      for (Map.Entry<String, String> e : want.entrySet()) {
        if (!e.getValue().equals(got.get(e.getKey()))) {
          return Optional.of(
              op
                  + " "
                  + e.getKey()
                  + ": expected "
                  + brief(e.getValue())
                  + ", got "
                  + brief(got.getOrDefault(e.getKey(), "nothing"))
                  + " ("
                  + run.getKey()
                  + ", "
                  + other.backend()
                  + ")");
        }
      }
      for (String name : got.keySet()) {
        if (!want.containsKey(name)) {
          return Optional.of(op + " " + name + ": computed only by " + other.backend());
        }
      }
    }
    return Optional.empty();
  }

  private static String brief(String value) {
    return value.matches("[0-9a-f]{16}") ? "bits " + value.substring(0, 12) : value;
  }
}
