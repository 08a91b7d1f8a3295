package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.result.Derived;
import java.util.ArrayList;
import java.util.List;

/** Runs one prepared task again and again and says how long a run takes. */
final class Clock {
  private static final long LOOK_NANOS = 20_000; // between two looks: a thousand times what one is
  private static final int WINDOWS = 12; // of a warm-up's least length
  private static final int STEADY_WINDOWS = 4; // in which a warm one gets no faster
  private static final double FASTER = 0.97;
  private static final int PATIENCE = 10; // times the warm-up's least length

  private final Prepared prepared;
  private double nanos; // of a run, as last seen

  Clock(Prepared prepared) {
    this.prepared = prepared;
  }

  /**
   * Runs for at least {@code least} nanoseconds, until the last windows were no faster than those
   * before: the compiler is done with it. Gives up after ten times as long.
   */
  Reply.Timed warmUp(long least) {
    long start = System.nanoTime();
    double best = Double.POSITIVE_INFINITY;
    int steady = 0;
    long runs = 0;
    while (true) {
      Reply.Timed window = batches(least / WINDOWS);
      runs += window.runs();
      if (window.nanos() < FASTER * best) {
        steady = 0;
      } else {
        steady++;
      }
      best = Math.min(best, window.nanos());
      long passed = System.nanoTime() - start;
      if (passed >= least && (steady >= STEADY_WINDOWS || passed >= PATIENCE * least)) {
        return new Reply.Timed(window.nanos(), runs);
      }
    }
  }

  /**
   * Runs for at least {@code least} nanoseconds and at least once, after a run that is not timed,
   * so that the caches hold what they can; where a run takes longer than that, caches hold nothing
   * from one to the next.
   */
  Reply.Timed time(long least) {
    if (nanos < least) {
      prepared.run();
    }
    return batches(least);
  }

  /**
   * The median of batches, each long enough for the clock: a batch that was interrupted does not
   * count.
   */
  private Reply.Timed batches(long least) {
    int size = nanos == 0 ? 1 : (int) Math.max(1, Math.ceil(LOOK_NANOS / nanos));
    List<Double> batches = new ArrayList<>();
    long start = System.nanoTime();
    long before = start;
    do {
      for (int i = 0; i < size; i++) {
        prepared.run();
      }
      long now = System.nanoTime();
      batches.add((double) (now - before) / size);
      before = now;
    } while (before - start < least);
    nanos = Derived.median(batches.stream().mapToDouble(Double::doubleValue).toArray());
    return new Reply.Timed(nanos, (long) size * batches.size());
  }
}
