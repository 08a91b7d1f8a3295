package io.lanewise.cli.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private long nanos;
  private int runs;

  /** Runs whose times follow from their number, on a clock of their own. */
  private int settle(IntToLongFunction millis, Duration most) {
    return new Settling(() -> nanos)
        .settle(() -> nanos += millis.applyAsLong(runs++) * 1_000_000, most);
  }

  @Test
  void endsTwoSecondsAfterTheFastestRun() {
    assertEquals(1 + 20, settle(run -> 100, Duration.ofSeconds(30)));
  }

  @Test
  void goesOnAsLongAsRunsGetFaster() {
    // 5 s in which each run is 2 ms faster than the one before, then as long again
    assertEquals(153, settle(run -> Math.max(50, 150 - 2 * run), Duration.ofSeconds(30)));
  }

  @Test
  void endsWhenTheTimeIsUp() {
    assertEquals(1, settle(run -> 100, Duration.ZERO));
    assertEquals(10, settle(run -> 100, Duration.ofSeconds(1)));
  }
}
