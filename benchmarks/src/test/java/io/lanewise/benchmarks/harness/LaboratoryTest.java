package io.lanewise.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.Workload;
import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Contenders;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import io.lanewise.benchmarks.result.Settings;
import io.lanewise.benchmarks.result.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real workers: good ones are measured, others cost their own rows and nothing else. */
@Tag("slow")
class LaboratoryTest {
  private static final int FORKS = 2;
  private static final int ROUNDS = 3;
  private static Laboratory laboratory;
  private static Roster roster;

  @BeforeAll
  static void open() throws Exception {
    laboratory = new Laboratory();
    roster = laboratory.roster(List.of(Home.ours()));
  }

  @AfterAll
  static void close() {
    laboratory.close();
  }

  /** A row takes half a second in each fork: as few tasks as a test needs, of few variants. */
  private static Workload workload(Op... ops) {
    return new Workload(Arrays.stream(ops).map(LaboratoryTest::item).toList());
  }

  private static Workload.Item item(Op op) {
    return item(op, op == Op.SOFTMAX_CROSS_ENTROPY ? "16x100" : "n1 ic4 ih12 oc8 kh3 s2 p1");
  }

  /** Ours of all tasks, which the fakes pass on. */
  private static int variants(Workload workload) {
    Contender ours = Contenders.load().named("lanewise");
    return workload.items().stream().mapToInt(i -> ours.variants(i.task()).size()).sum();
  }

  private static Workload.Item item(Op op, String shape) {
    return new Workload.Item(Task.of(op, shape), List.of(new Use("f", 2)));
  }

  private static Settings settings(Integer... threads) {
    return new Settings(
        List.of("--quick"),
        List.of(Op.CONV),
        List.of("f"),
        List.of(),
        List.of(threads),
        FORKS,
        ROUNDS,
        2,
        20);
  }

  private static BenchResult run(
      Workload workload, LabListener listener, List<Integer> threads, String... names)
      throws Exception {
    List<Entrant> entrants = new ArrayList<>();
    for (String name : names) {
      entrants.add(roster.named(name).orElseThrow());
    }
    return laboratory.run(
        workload, entrants, settings(threads.toArray(Integer[]::new)), "c0ffee", listener);
  }

  @Test
  void theRosterHasWhoCanBeLoadedAndTellsOfTheOthers() {
    assertTrue(roster.names().containsAll(List.of("lanewise", "lanewise-scalar", "fake-noisy")));
    assertFalse(roster.names().contains("fake-unversioned"));
    String problems = String.join("\n", roster.problems());
    assertTrue(problems.contains("what version?"), problems);
    assertTrue(problems.contains("not made"), problems);
  }

  @Test
  void everyRoundOfEveryForkIsASample() throws Exception {
    List<LabListener.Progress> seen = new ArrayList<>();
    LabListener listener =
        new LabListener() {
          @Override
          public void onProgress(Progress progress) {
            seen.add(progress);
          }

          @Override
          public void onProblem(String problem) {
            throw new AssertionError(problem);
          }
        };

    Workload workload = workload(Op.SOFTMAX_CROSS_ENTROPY, Op.CONV_BACKWARD_WEIGHTS);
    BenchResult result = run(workload, listener, List.of(1, 2), "lanewise", "fake-noisy");

    assertTrue(variants(workload) > 2, "a task has several variants");
    assertEquals(variants(workload) * 2 * 2, result.rows().size());
    assertEquals(result.rows().size(), result.rows().stream().map(Row::key).distinct().count());
    for (Row row : result.rows()) {
      assertNull(row.failure());
      assertEquals(
          List.of("1/1", "1/2", "1/3", "2/1", "2/2", "2/3"),
          row.samples().stream().map(s -> s.fork() + "/" + s.round()).toList());
      assertTrue(row.worstError() < 1e-5, row.toString());
      assertTrue(row.rmsError() <= row.worstError() * 10, row.toString());
      boolean ours = row.contender().equals("lanewise");
      assertEquals(ours, row.allocatedBytes() != null, row.toString());
      for (Sample s : row.samples()) {
        assertTrue(s.nanos() > 100 && s.nanos() < 1e9, s.toString());
      }
    }
    Row one = result.rows().get(0);
    Row other = result.rows().get(1);
    assertEquals(one.threads(), other.threads());
    for (int i = 0; i < one.samples().size(); i++) { // the same roofs in the same round
      assertEquals(one.samples().get(i).peakGflops(), other.samples().get(i).peakGflops());
    }
    int changes = timesThreadsChange(seen);
    assertTrue(changes > 2 * ROUNDS * FORKS, () -> "each round measures all threads: " + changes);
    assertEquals("c0ffee", result.commit());
    assertEquals(List.of("lanewise", "fake-noisy"), names(result));
    assertTrue(result.jvm().flags().contains("--add-modules=jdk.incubator.vector"));
    assertFalse(result.jvm().flags().toString().contains("-ea"), result.jvm().toString());
    LabListener.Progress last = seen.getLast();
    assertEquals(FORKS, last.fork());
    assertTrue(seen.stream().allMatch(p -> p.done() <= p.total()));
    assertTrue(last.done() > 0.9 * last.total(), last.toString());
  }

  /** How often a visit on one thread follows one on two, or the other way round. */
  private static int timesThreadsChange(List<LabListener.Progress> seen) {
    List<Boolean> two =
        seen.stream()
            .map(LabListener.Progress::what)
            .filter(what -> !what.startsWith("prepare ") && what.contains(" · "))
            .map(what -> what.endsWith(", 2 threads"))
            .toList();
    int changes = 0;
    for (int i = 1; i < two.size(); i++) {
      changes += two.get(i).equals(two.get(i - 1)) ? 0 : 1;
    }
    return changes;
  }

  private static List<String> names(BenchResult result) {
    return result.contenders().stream().map(c -> c.name()).toList();
  }

  @Test
  void whoFailsCostsItsOwnRowsOnly() throws Exception {
    List<String> problems = new ArrayList<>();
    LabListener listener =
        new LabListener() {
          @Override
          public void onProblem(String problem) {
            problems.add(problem);
          }
        };

    Workload workload = workload(Op.CONV);
    BenchResult result =
        run(
            workload,
            listener,
            List.of(1),
            "fake-wrong",
            "lanewise-scalar",
            "fake-crash",
            "fake-unlinked",
            "fake-late-wrong");

    assertFailed(result, "fake-wrong", "wrong result: ", "image 0 channel 0: element 0 is ");
    assertFailed(result, "fake-late-wrong", "wrong result: ");
    assertFailed(result, "fake-crash", "its process ended with status 134: ", "out of luck");
    assertFailed(result, "fake-unlinked", "UnsatisfiedLinkError: no fake in java.library.path");
    for (Row row : rows(result, "lanewise-scalar")) {
      assertEquals(FORKS * ROUNDS, row.samples().size());
    }
    assertEquals(
        4 * variants(workload), problems.size(), "told once, and not tried again in the next fork");
  }

  private static List<Row> rows(BenchResult result, String contender) {
    return result.rows().stream().filter(r -> r.contender().equals(contender)).toList();
  }

  private static void assertFailed(BenchResult result, String contender, String... words) {
    List<Row> rows = rows(result, contender);
    assertEquals(variants(workload(Op.CONV)), rows.size());
    for (Row row : rows) {
      assertTrue(row.samples().isEmpty());
      assertFalse(row.measured());
    }
    for (String word : words) {
      String failure = rows.getFirst().failure();
      assertTrue(failure.contains(word), failure);
    }
  }

  @Test
  void aTaskWithoutReferenceCostsItsOwnRowsOnly() throws Exception {
    List<String> problems = new ArrayList<>();
    LabListener listener =
        new LabListener() {
          @Override
          public void onProblem(String problem) {
            problems.add(problem);
          }
        };
    Function<Task, Expectation> reference =
        task -> {
          if (task.op() == Op.CONV) {
            throw new IllegalStateException("no reference today");
          }
          if (task.op() == Op.SOFTMAX_CROSS_ENTROPY) {
            throw new OutOfMemoryError("Java heap space");
          }
          return Expectation.of(task);
        };
    try (Laboratory other = new Laboratory(reference)) {
      List<Entrant> ours = List.of(roster.named("lanewise-scalar").orElseThrow());
      Workload workload = workload(Op.CONV, Op.SOFTMAX_CROSS_ENTROPY, Op.CONV_BACKWARD_WEIGHTS);
      BenchResult result = other.run(workload, ours, settings(1), null, listener);

      assertTrue(result.rows().size() >= 3);
      for (Row row : result.rows()) {
        boolean measured = row.op() == Op.CONV_BACKWARD_WEIGHTS;
        assertEquals(measured ? FORKS * ROUNDS : 0, row.samples().size(), row.toString());
        assertEquals(measured, row.failure() == null, row.toString());
      }
      String why = "the reference cannot compute it: ";
      assertEquals(
          List.of(
              "conv n1 ic4 ih12 oc8 kh3 s2 p1: "
                  + why
                  + "java.lang.IllegalStateException: no reference today",
              "softmax-cross-entropy 16x100: "
                  + why
                  + "java.lang.OutOfMemoryError: Java heap space"),
          problems,
          "told once a task, and not tried again in the next fork");
    }
  }

  @Test
  void aClosedLaboratoryStopsItsRun() throws Exception {
    Laboratory other = new Laboratory();
    List<Entrant> ours = List.of(roster.named("lanewise").orElseThrow());
    LabListener closing =
        new LabListener() {
          @Override
          public void onProgress(Progress progress) {
            if (progress.fork() == 1 && progress.done() > 0) {
              other.close();
            }
          }
        };
    assertThrows(
        CancellationException.class,
        () -> other.run(workload(Op.CONV), ours, settings(1), null, closing));
    assertEquals(
        0,
        ProcessHandle.current()
            .children()
            .filter(ProcessHandle::isAlive)
            .map(c -> c.info().commandLine().orElse(""))
            .filter(c -> c.contains("lanewise-bench"))
            .collect(Collectors.toList())
            .size());
  }
}
