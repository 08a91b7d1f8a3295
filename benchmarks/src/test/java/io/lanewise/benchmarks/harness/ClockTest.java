package io.lanewise.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Prepared;
import org.junit.jupiter.api.Test;

class ClockTest {
  /** Takes so long, at least; counts. */
  private static final class Spin implements Prepared {
    private final long nanos;
    private long runs;

    Spin(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public void run() {
      runs++;
      long until = System.nanoTime() + nanos;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
    }

    @Override
    public float[] output() {
      return new float[0];
    }

    @Override
    public void close() {}
  }

  @Test
  void everyTimedRunIsCounted() {
    Spin spin = new Spin(5_000);
    Clock clock = new Clock(spin);
    Reply.Timed warm = clock.warmUp(5_000_000);
    assertEquals(warm.runs(), spin.runs);
    long start = System.nanoTime();
    Reply.Timed timed = clock.time(5_000_000);
    assertTrue(System.nanoTime() - start >= 5_000_000, "no less than what was asked for");
    assertEquals(warm.runs() + 1 + timed.runs(), spin.runs, "and one before, for the caches");
    assertTrue(timed.nanos() >= 5_000, timed.toString());
  }

  @Test
  void aLongRunIsTimedOnceWithoutAnotherBefore() {
    Spin spin = new Spin(20_000_000);
    Clock clock = new Clock(spin);
    clock.warmUp(1_000_000);
    long before = spin.runs;
    Reply.Timed timed = clock.time(1_000_000);
    assertEquals(1, timed.runs());
    assertEquals(before + 1, spin.runs);
    assertTrue(timed.nanos() >= 20_000_000);
  }
}
