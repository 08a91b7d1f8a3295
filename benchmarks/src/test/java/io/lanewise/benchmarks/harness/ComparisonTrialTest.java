package io.lanewise.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.Workload;
import io.lanewise.benchmarks.compare.Change;
import io.lanewise.benchmarks.compare.Comparison;
import io.lanewise.benchmarks.compare.Verdict;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Settings;
import io.lanewise.benchmarks.result.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the comparison promises, tried on this machine: runs of the same code against one another,
 * and against a kernel slowed by 5 %. Takes about 45 minutes, on a machine with nothing else to do;
 * {@code -Dlanewise.trials=N} makes it N tries instead of 20, and a quarter as many slowed ones.
 */
@Tag("long")
class ComparisonTrialTest {
  private static final int TRIES = Integer.getInteger("lanewise.trials", 20);
  private static final int SLOWED = Math.max(1, TRIES / 4);
  private static final String OURS = "lanewise";

  private static final List<Task> TASKS =
      List.of(
          Task.of(Op.CONV, "n1 ic64 ih56 oc64 kh3 p1"),
          Task.of(Op.CONV, "n1 ic256 ih56 oc64 kh1"),
          Task.of(Op.CONV, "n1 ic512 ih7 oc512 kh3 p1"),
          Task.of(Op.CONV, "n1 ic256 ih14 oc1024 kh1"),
          Task.of(Op.MAX_POOL, "n1 c64 ih112 kh3 s2 p1"),
          Task.of(Op.SOFTMAX, "128x1000"));

  private static final Settings SETTINGS =
      new Settings(
          List.of(),
          List.of(Op.CONV, Op.MAX_POOL, Op.SOFTMAX),
          List.of("trial"),
          List.of(),
          List.of(1),
          5,
          8,
          30,
          200);

  @Test
  void theSameCodeIsUnchangedAndASlowerOneIsFound() throws Exception {
    int quiet = 0;
    int unchanged = 0;
    int found = 0;
    try (Laboratory laboratory = new Laboratory()) {
      Roster roster = laboratory.roster(List.of(Home.ours()));
      Entrant ours = roster.named(OURS).orElseThrow();
      Entrant slowed = roster.named(SlowedContender.NAME).orElseThrow();
      for (int i = 1; i <= TRIES; i++) {
        Comparison c = Comparison.of(run(laboratory, ours), run(laboratory, ours));
        quiet += c.nothingFound() ? 1 : 0;
        unchanged += c.unchanged() ? 1 : 0;
        tell("same code, try " + i + ": " + same(c), c);
      }
      for (int i = 1; i <= SLOWED; i++) {
        Comparison c = Comparison.of(run(laboratory, ours), run(laboratory, slowed));
        found += c.slower() ? 1 : 0;
        tell("slowed by 5 %, try " + i + ": " + (c.slower() ? "found" : "MISSED"), c);
      }
    }
    String counts =
        ("no change found in %d of %d tries of the same code, and known to be none in %d;"
                + " found %d of %d that were slowed by 5 %%")
            .formatted(quiet, TRIES, unchanged, found, SLOWED);
    System.out.println(counts);
    assertTrue(20 * quiet >= 19 * TRIES && found == SLOWED, counts);
  }

  private static String same(Comparison c) {
    return c.unchanged() ? "no change" : c.nothingFound() ? "none found, cannot tell" : "CHANGE";
  }

  /** One run; whoever ran, its rows are ours. */
  private static BenchResult run(Laboratory laboratory, Entrant entrant) throws Exception {
    Workload workload =
        new Workload(
            TASKS.stream().map(t -> new Workload.Item(t, List.of(new Use("trial", 1)))).toList());
    BenchResult result =
        laboratory.run(workload, List.of(entrant), SETTINGS, null, new LabListener() {});
    List<Row> rows = new ArrayList<>();
    for (Row r : result.rows()) {
      if (r.failure() != null) {
        throw new AssertionError(r.key() + ": " + r.failure());
      }
      rows.add(
          new Row(
              r.op(),
              r.shape(),
              r.uses(),
              r.flops(),
              r.bytes(),
              r.level(),
              OURS,
              r.variant(),
              r.threads(),
              r.worstError(),
              r.rmsError(),
              r.allocatedBytes(),
              r.samples(),
              null));
    }
    return new BenchResult(
        result.version(),
        result.date(),
        result.host(),
        result.jvm(),
        null,
        result.settings(),
        List.of(),
        rows);
  }

  private static void tell(String what, Comparison c) {
    System.out.println(what);
    Stream<Change> changes = c.all();
    changes.forEach(
        x ->
            System.out.printf(
                Locale.ROOT,
                "  %.3f (%.3f to %.3f) %s%s%n",
                x.ratio(),
                x.low(),
                x.high(),
                x.what(),
                x.verdict() == Verdict.SAME ? "" : ": " + x.verdict().words()));
  }
}
