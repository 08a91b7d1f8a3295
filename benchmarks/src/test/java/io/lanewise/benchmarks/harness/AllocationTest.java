package io.lanewise.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Prepared;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int BYTES = 1_000;

  private static byte[] kept = new byte[0];

  private static Prepared running(IntConsumer body) {
    return new Prepared() {
      private int runs;

      @Override
      public void run() {
        body.accept(runs++);
      }

      @Override
      public float[] output() {
        return new float[0];
      }

      @Override
      public void close() {}
    };
  }

  private static long bytes(IntConsumer body) {
    return Allocation.bytesARun(running(body)).orElseThrow();
  }

  @Test
  void whatEveryRunTakesIsCounted() {
    long bytes = bytes(run -> kept = new byte[BYTES]);
    assertTrue(bytes >= BYTES && bytes < 2 * BYTES, "got " + bytes);
    assertEquals(BYTES, kept.length);
  }

  /** A hundredth of a run's part is still more than nothing. */
  @Test
  void whatFewRunsTakeIsCountedToo() {
    long bytes =
        bytes(
            run -> {
              if (run % 100 == 0) {
                kept = new byte[8];
              }
            });
    assertTrue(bytes > 0 && bytes < BYTES, "got " + bytes);
  }

  /**
   * Where others work for a run, as in a team: a thread that stays, since the JVM may count what an
   * ended one took a little later.
   */
  @Test
  void whatOtherThreadsTakeIsCounted() {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      long bytes =
          bytes(
              run -> {
                try {
                  other.submit(() -> kept = new byte[100 * BYTES]).get();
                } catch (InterruptedException | ExecutionException e) {
                  throw new AssertionError(e);
                }
              });
      assertTrue(bytes >= 100 * BYTES, "got " + bytes);
    }
  }

  /** What only the first runs take, as the JVM does where it compiles, is not a run's. */
  @Test
  void nothingIsNothing() {
    assertEquals(
        0,
        bytes(
            run -> {
              if (run == 0) {
                kept = new byte[BYTES];
              }
            }));
  }
}
