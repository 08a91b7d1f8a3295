package io.lanewise.kernels.parallel;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class ForkJoinTeamTest {
  private static final long MILLISECOND = 1_000_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void runsEveryTaskOnceWithWorkersThatDoNotMeet(int workers) {
    try (ForkJoinTeam team = ForkJoinTeam.of(workers)) {
      assertEquals(workers, team.workers());
      for (int tasks : new int[] {0, 1, 2, 3, 7, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
        AtomicIntegerArray busy = new AtomicIntegerArray(workers);
        AtomicBoolean met = new AtomicBoolean();
        team.forEach(
            tasks,
            (task, worker) -> {
              if (busy.incrementAndGet(worker) != 1) {
                met.set(true);
              }
              runs.incrementAndGet(task);
              Thread.onSpinWait();
              busy.decrementAndGet(worker);
            });
        for (int task = 0; task < tasks; task++) {
          assertEquals(1, runs.get(task), "task " + task + " of " + tasks);
        }
        assertFalse(met.get(), "two tasks saw one worker number at a time");
      }
    }
  }

  @Test
  void tasksRunAtOneTimeAndShowTheirWritesToTheCaller() {
    try (ForkJoinTeam team = ForkJoinTeam.of(3)) {
      AtomicInteger arrived = new AtomicInteger();
      int[] written = new int[3];
      team.forEach(
          3,
          (task, worker) -> {
            arrived.incrementAndGet();
            while (arrived.get() < 3) { // ends only if three workers are here together
              Thread.onSpinWait();
            }
            written[task] = task + 10;
          });
      assertArrayEquals(new int[] {10, 11, 12}, written);
    }
  }

  @Test
  void theFirstExceptionArrivesAndLaterTasksAreSkipped() {
    try (ForkJoinTeam team = ForkJoinTeam.of(3)) {
      for (Throwable thrown :
          List.of(new IllegalStateException("five"), new StackOverflowError())) {
        AtomicInteger ran = new AtomicInteger();
        AtomicBoolean failing = new AtomicBoolean();
        Throwable got =
            assertThrows(
                Throwable.class,
                () -> team.forEach(2000, (task, worker) -> failAtFive(task, ran, failing, thrown)));
        assertSame(thrown, got);
        assertTrue(ran.get() < 2000, "all tasks ran although one had failed");
        assertRuns(team);
      }
    }
  }

  private static void failAtFive(
      int task, AtomicInteger ran, AtomicBoolean failing, Throwable thrown) {
    ran.incrementAndGet();
    if (task == 5) {
      failing.set(true);
      if (thrown instanceof RuntimeException e) {
        throw e;
      }
      throw (Error) thrown;
    }
    if (task > 5) {
      while (!failing.get()) {
        Thread.onSpinWait();
      }
      LockSupport.parkNanos(MILLISECOND);
    }
  }

  @Test
  void sequentialGoesInOrderAndStopsAtAnException() {
    List<Integer> order = new ArrayList<>();
    TaskBody body =
        (task, worker) -> {
          assertEquals(0, worker);
          order.add(task);
          if (task == 2) {
            throw new IllegalStateException("two");
          }
        };
    assertThrows(IllegalStateException.class, () -> Parallel.SEQUENTIAL.forEach(5, body));
    assertEquals(List.of(0, 1, 2), order);
    assertEquals(1, Parallel.SEQUENTIAL.workers());
  }

  @Test
  void littleWorkIsNotShared() {
    try (ForkJoinTeam team = ForkJoinTeam.of(2)) {
      assertSame(Parallel.SEQUENTIAL, team.forWork(Parallel.WORTH_SHARING - 1));
      assertSame(team, team.forWork(Parallel.WORTH_SHARING));
    }
  }

  @Test
  void callsMayNest() {
    try (ForkJoinTeam team = ForkJoinTeam.of(3)) {
      AtomicInteger ran = new AtomicInteger();
      team.forEach(
          8,
          (outer, a) ->
              team.forEach(8, (middle, b) -> team.forEach(4, (inner, c) -> ran.incrementAndGet())));
      assertEquals(8 * 8 * 4, ran.get());
    }
  }

  @Test
  void anExceptionPassesThroughNestedCalls() {
    try (ForkJoinTeam team = ForkJoinTeam.of(3)) {
      TaskBody failing =
          (task, worker) -> {
            if (task == 3) {
              throw new IllegalStateException("inner");
            }
          };
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () -> team.forEach(6, (outer, worker) -> team.forEach(6, failing)));
      assertEquals("inner", e.getMessage());
      assertRuns(team);
    }
  }

  @Test
  void manyCallersAtOnce() throws Exception {
    try (ForkJoinTeam team = ForkJoinTeam.of(3);
        ExecutorService callers = Executors.newFixedThreadPool(8)) {
      assertAllRun(callers, 8, team);
    }
  }

  @Test
  void fromVirtualThreads() throws Exception {
    try (ForkJoinTeam team = ForkJoinTeam.of(3);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      assertAllRun(callers, 20, team);
    }
  }

  @Test
  void fromInsideTheCallersPool() throws Exception {
    try (ForkJoinTeam team = ForkJoinTeam.of(3);
        ForkJoinPool callers = new ForkJoinPool(2)) {
      assertAllRun(callers, 6, team);
    }
  }

  private static void assertAllRun(ExecutorService callers, int count, ForkJoinTeam team)
      throws Exception {
    Callable<Boolean> call =
        () -> {
          for (int i = 0; i < 50; i++) {
            assertRuns(team);
          }
          return true;
        };
    List<Future<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(callers.submit(call));
    }
    for (Future<Boolean> f : calls) {
      assertTrue(f.get());
    }
  }

  @Test
  void afterCloseTheCallerWorksAlone() {
    ForkJoinTeam team = ForkJoinTeam.of(3);
    assertRuns(team);
    team.close();
    team.close();
    Thread caller = Thread.currentThread();
    team.forEach(20, (task, worker) -> assertSame(caller, Thread.currentThread()));
    assertRuns(team);
  }

  @Test
  void mayBeClosedDuringCalls() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
        ForkJoinTeam team = ForkJoinTeam.of(3);
        AtomicInteger calls = new AtomicInteger();
        Runnable caller =
            () -> {
              for (int i = 0; i < 30; i++) {
                assertRuns(team);
                calls.incrementAndGet();
              }
            };
        Future<?> a = callers.submit(caller);
        Future<?> b = callers.submit(caller);
        while (calls.get() < round) {
          Thread.onSpinWait();
        }
        team.close();
        a.get();
        b.get();
        assertEquals(60, calls.get());
      }
    }
  }

  @Test
  void anInterruptedCallerFinishesAndKeepsItsFlag() {
    try (ForkJoinTeam team = ForkJoinTeam.of(2)) {
      Thread caller = Thread.currentThread();
      AtomicInteger arrived = new AtomicInteger();
      AtomicBoolean helperDone = new AtomicBoolean();
      caller.interrupt();
      team.forEach(
          2,
          (task, worker) -> {
            arrived.incrementAndGet();
            while (arrived.get() < 2) {
              Thread.onSpinWait();
            }
            if (!Thread.currentThread().equals(caller)) { // so the caller has to park for it
              LockSupport.parkNanos(30 * MILLISECOND);
              helperDone.set(true);
            }
          });
      assertTrue(Thread.interrupted(), "the caller's interrupt was lost");
      assertTrue(helperDone.get(), "the call returned before its tasks were done");
    }
  }

  @Test
  void threadsAreNamedDaemons() {
    try (ForkJoinTeam team = ForkJoinTeam.of(2)) {
      Thread caller = Thread.currentThread();
      AtomicInteger arrived = new AtomicInteger();
      Thread[] seen = new Thread[2];
      team.forEach(
          2,
          (task, worker) -> {
            seen[worker] = Thread.currentThread();
            arrived.incrementAndGet();
            while (arrived.get() < 2) {
              Thread.onSpinWait();
            }
          });
      assertSame(caller, seen[0], "the caller is worker 0");
      assertTrue(seen[1].isDaemon());
      assertTrue(seen[1].getName().startsWith("lanewise-"), seen[1].getName());
    }
  }

  @Test
  void refusesSillySizes() {
    for (int workers : new int[] {0, -1, 1025}) {
      assertRefused(() -> ForkJoinTeam.of(workers), "1 to 1024, got " + workers);
    }
  }

  private static void assertRuns(ForkJoinTeam team) {
    int[] runs = new int[23];
    team.forEach(runs.length, (task, worker) -> runs[task]++);
    int[] once = new int[23];
    Arrays.fill(once, 1);
    assertArrayEquals(once, runs);
  }

  /** Helpers that find no free thread must not keep each call's body, and what it holds, alive. */
  @Test
  void nestedCallsDoNotPileUp() {
    try (ForkJoinTeam team = ForkJoinTeam.of(2)) {
      long before = usedBytes();
      long[] growth = new long[2];
      team.forEach(
          2,
          (task, worker) -> {
            for (int i = 0; i < 100_000; i++) {
              float[] held = new float[256];
              team.forEach(2, (inner, w) -> held[inner] = 1f);
            }
            growth[task] = usedBytes() - before;
          });
      long most = Math.max(growth[0], growth[1]);
      assertTrue(most < 50_000_000, () -> most + " bytes are still held"); // 200 MB if all were
    }
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void otherLanguagesCheckedExceptionsComeThrough() {
    try (ForkJoinTeam team = ForkJoinTeam.of(2)) {
      Throwable t =
          assertThrows(
              java.io.IOException.class,
              () -> team.forEach(4, (task, worker) -> ForkJoinTeamTest.<Error>sneak()));
      assertEquals("disk", t.getMessage());
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak() throws T {
    throw (T) new java.io.IOException("disk");
  }
}
