package io.lanewise.cli.profile;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Runs until times have settled: HotSpot compiles for good what is called once a run only after
 * hundreds of runs. That is when no run has been faster by 2 % than the fastest before for two
 * seconds, or for half of the time so far if that is longer.
 */
public final class Settling {
  private static final double FASTER = 0.98;
  private static final long QUIET_NANOS = 2_000_000_000;
  private static final int QUIET_SHARE = 2; // of the time so far

  private final LongSupplier clock;

  /** By the clock. */
  public Settling() {
    this(System::nanoTime);
  }

  Settling(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Runs at least once.
   *
   * @param most the longest time, overrun by at most one run
   * @return how many runs there were
   */
  public int settle(Runnable run, Duration most) {
    long start = clock.getAsLong();
    long now = start;
    long gain = start;
    long best = Long.MAX_VALUE;
    int runs = 0;
    do {
      run.run();
      long then = now;
      now = clock.getAsLong();
      runs++;
      if (now - then < FASTER * best) {
        best = now - then;
        gain = now;
      }
    } while (now - start < most.toNanos()
        && now - gain < Math.max(QUIET_NANOS, (now - start) / QUIET_SHARE));
    return runs;
  }
}
