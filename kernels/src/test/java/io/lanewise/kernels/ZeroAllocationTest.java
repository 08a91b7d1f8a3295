package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.parallel.Parallel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** After its first runs a plan allocates nothing, neither here nor on the team's threads. */
@Timeout(60)
final class ZeroAllocationTest {
  private static final int RUNS = 50;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  /**
   * Of the best backend; the interpreter's test has the scalar one, and teams of two. In a JVM that
   * ran nothing else: in one that ran all tests, with counted coverage, the compiler has lost more
   * of its bets (ADR 24), and resizing and others have been seen to leave vectors on the heap.
   */
  static List<Arguments> runs() {
    List<Arguments> all = new ArrayList<>();
    Backend backend = CpuBackend.best();
    for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.THREE)) {
      for (EveryRun.Run run : EveryRun.of(backend, par)) {
        all.add(Arguments.of(run, par.workers(), backend.describe(), par));
      }
    }
    return all;
  }

  /**
   * Sooner or later: until the optimising compiler has seen their kernel, vectors are objects; and
   * when the JVM compiles a class' first method it makes the class' string constants. Patience is
   * counted in this thread's processor time: on a busy machine the compiler, too, takes longer.
   */
  @ParameterizedTest(name = "{0}, {1} workers, {2}")
  @MethodSource("runs")
  void aRunAllocatesNothing(EveryRun.Run run, int workers, String backend, Parallel par) {
    Allocations allocations = new Allocations(par);
    ThreadMXBean time = ManagementFactory.getThreadMXBean();
    long deadline = time.getCurrentThreadCpuTime() + PATIENCE;
    long bytes;
    do {
      bytes = allocations.bytesOf(run.once(), RUNS);
    } while (bytes != 0 && time.getCurrentThreadCpuTime() < deadline);
    assertEquals(0, bytes, () -> "bytes in " + RUNS + " runs of " + run);
  }

  /** Where nothing is compiled, nothing is excused: from the third run on there is not one byte. */
  @Test
  void norDoesItInAnInterpreter(@TempDir Path folder) throws Exception {
    OtherJvm.Output o = OtherJvm.run(folder, AllocationProbe.class, "-Xint");
    int tried = 3 * EveryRun.of(CpuBackend.scalar(), Parallel.SEQUENTIAL).size();
    assertEquals(List.of("tried " + tried), o.out(), o::toString);
  }
}
