package io.lanewise.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes docs/mutation-testing.md from what pitest found, and fails where a change to the code goes
 * unnoticed without a reason on record: the profile {@code mutation} runs it.
 */
final class MutationReport {
  private static final int LEAST_PERCENT = 85;

  private final List<Mutant> mutants;
  private final List<Reason> reasons;

  /**
   * A change that pitest made.
   *
   * @param type simple name of the class
   * @param mutator its kind, such as {@code ConditionalsBoundary}
   * @param status pitest's word for what came of it
   */
  private record Mutant(String type, String method, int line, String mutator, String status) {
    boolean isCaught() {
      return status.equals("KILLED") || status.equals("TIMED_OUT");
    }
  }

  /** Why up to {@code most} mutants of one kind in one method cannot be noticed. */
  private record Reason(String place, String mutator, int most, String text) {
    static Reason parse(String line) {
      String[] words = line.split(" +", 4);
      return new Reason(words[0], words[1], Integer.parseInt(words[2]), words[3]);
    }

    boolean isAbout(Mutant m) {
      return place.equals(m.type + "." + m.method) && mutator.equals(m.mutator);
    }
  }

  private MutationReport(List<Mutant> mutants, List<Reason> reasons) {
    this.mutants = mutants;
    this.reasons = reasons;
  }

  /** Arguments: pitest's mutations.csv, the file of reasons, the report to write. */
  public static void main(String[] args) throws IOException {
    List<Reason> reasons =
        Files.readAllLines(Path.of(args[1])).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Reason::parse)
            .toList();
    MutationReport report = new MutationReport(read(Path.of(args[0])), reasons);
    Files.writeString(Path.of(args[2]), report.text());
    List<String> complaints = report.complaints();
    complaints.forEach(System.err::println);
    if (!complaints.isEmpty()) {
      System.exit(1);
    }
  }

  /** Lines of {@code file,class,mutator,method,line,status,test}. */
  private static List<Mutant> read(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .map(line -> line.split(",", 7))
        .map(
            w ->
                new Mutant(
                    simpleName(w[1]),
                    w[3],
                    Integer.parseInt(w[4]),
                    simpleName(w[2]).replaceAll("Mutator$", ""),
                    w[5]))
        .toList();
  }

  private static String simpleName(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private long caught() {
    return mutants.stream().filter(Mutant::isCaught).count();
  }

  private List<Mutant> left() {
    return mutants.stream().filter(m -> !m.isCaught()).toList();
  }

  private List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    if (caught() * 100 < (long) LEAST_PERCENT * mutants.size()) {
      complaints.add(
          "expected at least " + LEAST_PERCENT + " % noticed, got " + percent(caught(), mutants));
    }
    for (Mutant m : left()) {
      if (reason(m) == null) {
        complaints.add("no test notices, and no reason says why: " + m);
      }
    }
    for (Reason r : reasons) {
      long there = left().stream().filter(r::isAbout).count();
      if (there != r.most) {
        complaints.add("expected " + r.most + " such mutants, got " + there + ": " + r);
      }
    }
    return complaints;
  }

  private Reason reason(Mutant m) {
    return reasons.stream().filter(r -> r.isAbout(m)).findFirst().orElse(null);
  }

  private static String percent(long caught, List<Mutant> of) {
    return "%d %% (%d of %d)".formatted(caught * 100 / of.size(), caught, of.size());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Mutation testing

        Written by `mvn -Pmutation,quick -pl kernels verify -DskipTests`; not by hand. pitest changes the index and tail
        code of convolution and matrix product, one change at a time (its default mutators), and runs the kernels' unit
        tests against each. A change that no test notices is a missing test, dead code, or no change at all: the reasons
        are in `kernels/src/test/resources/io/lanewise/kernels/mutants-that-live.txt`, without one the command fails.

        """);
    text.append(
        "%s, Java %s: **%s noticed**, of which %d by an endless loop.\n\n"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("java.version"),
                percent(caught(), mutants),
                mutants.stream().filter(m -> m.status.equals("TIMED_OUT")).count()));
    text.append("| class | changes | noticed |\n|---|--:|--:|\n");
    Map<String, List<Mutant>> byType = new TreeMap<>();
    mutants.forEach(m -> byType.computeIfAbsent(m.type, t -> new ArrayList<>()).add(m));
    byType.forEach(
        (type, all) ->
            text.append(
                "| %s | %d | %d |\n"
                    .formatted(type, all.size(), all.stream().filter(Mutant::isCaught).count())));
    text.append("\nThose that live:\n\n| where | change | why |\n|---|---|---|\n");
    for (Mutant m : left()) {
      Reason reason = reason(m);
      text.append(
          "| %s.%s:%d | %s | %s |\n"
              .formatted(m.type, m.method, m.line, m.mutator, reason == null ? "?" : reason.text));
    }
    return text.toString();
  }
}
