package io.lanewise.rivals.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A rival's test extends this. Every variant of every task that the contender takes on passes the
 * harness' own check against the reference; threads are as many as asked for; memory comes back.
 */
public abstract class RivalContract {
  private static final int RUNS = 3;
  private static final int ROUNDS = 50;
  private static final Path STATUS = Path.of("/proc/self/status");

  /** The contender to test. */
  protected abstract Contender contender();

  /** Operation and variant of all that it can, such as {@code "conv own"}. */
  protected abstract Set<String> abilities();

  /** Each task at one and two threads, run more than once, against the reference. */
  @TestFactory
  Stream<DynamicTest> computesWhatTheReferenceComputes() {
    Contender c = contender();
    return Tasks.all().stream()
        .flatMap(
            task ->
                c.variants(task).stream()
                    .map(
                        variant ->
                            DynamicTest.dynamicTest(
                                task + ", " + variant, () -> check(c, task, variant))));
  }

  private static void check(Contender c, Task task, String variant) {
    Expectation expected = Expectation.of(task);
    for (int threads = 1; threads <= 2; threads++) {
      try (Prepared prepared = c.prepare(task, variant, threads)) {
        for (int i = 0; i < RUNS; i++) {
          prepared.run();
        }
        Optional<String> problem = expected.check(prepared.output()).problem();
        assertEquals(Optional.empty(), problem, variant + " with threads " + threads);
      }
    }
  }

  /** The harness visits what is prepared in turn. */
  @Test
  void keepsPreparedTasksApart() {
    Map<Prepared, Expectation> all = new LinkedHashMap<>();
    try {
      for (Task task : Tasks.all()) {
        for (String variant : contender().variants(task)) {
          all.put(contender().prepare(task, variant, 1), Expectation.of(task));
        }
      }
      for (int i = 0; i < RUNS; i++) {
        all.keySet().forEach(Prepared::run);
      }
      all.forEach((p, e) -> assertEquals(Optional.empty(), e.check(p.output()).problem()));
    } finally {
      all.keySet().forEach(Prepared::close);
    }
  }

  /** Nothing that it should be able to do is left out of the checks above. */
  @Test
  void takesOnWhatItCan() {
    Contender c = contender();
    Set<String> found = new TreeSet<>();
    for (Task task : Tasks.all()) {
      c.variants(task).forEach(variant -> found.add(task.op().option() + " " + variant));
    }
    assertEquals(new TreeSet<>(abilities()), found);
  }

  /** What is not measured is refused beforehand. */
  @Test
  void refusesWhatIsNotMeasured() {
    Contender c = contender();
    assertEquals(0, c.variants(new Task(Op.CONV, "n0 ic3 ih8 oc4 kh3")).size());
    assertEquals(0, c.variants(new Task(Op.CONV, "n0 ic3 iw8 oc4 kw3")).size());
    assertEquals(0, c.variants(new Task(Op.CONV_TRANSPOSED, "n0 ic3 ih8 oc4 kh3")).size());
    assertEquals(0, c.variants(new Task(Op.GEMM, "m0 n4 k4")).size());
    assertEquals(0, c.variants(new Task(Op.GEMM, "m4 n4 k0")).size());
    assertEquals(0, c.variants(new Task(Op.GEMM, "m4 n4 k4 acc")).size());
    assertEquals(0, c.variants(new Task(Op.GEMM, "m4 n4 k4 ta")).size());
    assertEquals(0, c.variants(new Task(Op.GEMM, "m4 n4 k4 tb")).size());
    assertEquals(0, c.variants(new Task(Op.LINEAR, "n0 in4 out4")).size());
    assertEquals(0, c.variants(new Task(Op.MAX_POOL, "n0 c4 ih8 kh2 s2")).size());
  }

  /** The harness finds it. */
  @Test
  void isRegistered() {
    boolean found =
        ServiceLoader.load(Contender.class).stream()
            .anyMatch(p -> p.type().equals(contender().getClass()));
    assertTrue(found, contender().getClass() + " is not in META-INF/services");
  }

  /** Name and version as they stand in rows. */
  @Test
  void saysWhatItIs() {
    assertTrue(contender().name().matches("[a-z0-9]+"), contender().name());
    assertTrue(contender().version().matches("\\d+\\.\\d+.*"), contender().version());
  }

  /** One thread leaves no work to others; two do. */
  @Test
  void usesAsManyThreadsAsAsked() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
    Task task = new Task(Op.GEMM, "m512 n512 k512");
    for (String variant : contender().variants(task)) {
      double one = shareOfOthers(task, variant, 1);
      double two = shareOfOthers(task, variant, 2);
      String what = variant + ": work of other threads per work of the calling one: ";
      assertTrue(one < 0.3, what + one + " with 1 thread");
      assertTrue(two > 0.3, what + two + " with 2 threads");
    }
  }

  /**
   * Processor time of all other threads of the process over that of this one; the least of some
   * windows, as the JIT works now and then.
   */
  private double shareOfOthers(Task task, String variant, int threads) {
    try (Prepared prepared = contender().prepare(task, variant, threads)) {
      return DoubleStream.generate(() -> shareOfOthers(prepared)).limit(5).min().orElseThrow();
    }
  }

  private static double shareOfOthers(Prepared prepared) {
    var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var jvm = ManagementFactory.getThreadMXBean();
    long all = os.getProcessCpuTime();
    long mine = jvm.getCurrentThreadCpuTime();
    while (jvm.getCurrentThreadCpuTime() - mine < 100_000_000) {
      prepared.run();
    }
    double others = os.getProcessCpuTime() - all;
    return others / (jvm.getCurrentThreadCpuTime() - mine) - 1;
  }

  /**
   * Closing gives native memory back at once. Needs a heap of fixed size, all of it resident. An
   * output has over 3 MB. What an allocator keeps for later grows for a while; a leak grows always.
   */
  @Test
  void givesMemoryBack() throws IOException {
    assumeTrue(Files.exists(STATUS));
    Task conv = new Task(Op.CONV, "n1 ic64 ih112 oc64 kh1");
    Task gemm = new Task(Op.GEMM, "m1024 n800 k64");
    for (Task task : List.of(conv, gemm)) {
      for (String variant : contender().variants(task)) {
        long grown = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && grown >= ROUNDS * 1000; attempt++) {
          grown = growth(task, variant);
        }
        assertTrue(grown < ROUNDS * 1000, task + ", " + variant + ": grown by " + grown + " KB");
      }
    }
  }

  private long growth(Task task, String variant) throws IOException {
    long before = residentKilobytes();
    for (int i = 0; i < ROUNDS; i++) {
      try (Prepared prepared = contender().prepare(task, variant, 1)) {
        prepared.run();
      }
    }
    return residentKilobytes() - before;
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
