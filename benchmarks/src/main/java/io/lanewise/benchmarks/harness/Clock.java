package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.result.Derived;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** Runs one prepared task again and again and says how long a run takes. */
final class Clock {
  private static final long LOOK_NANOS = 20_000; // between two looks: a thousand times what one is
  private static final int WINDOWS = 12; // of a warm-up's least length
  private static final int STEADY_WINDOWS = 4; // in which a warm one gets no faster
  private static final double FASTER = 0.97;
  private static final int LEAST_RUNS = 50; // of long ones: what each calls once compiles late
  private static final int BLIND =
      3; // times the least length, if this thread is not at work itself
  private static final int PATIENCE = 10; // times the least length
  private static final long LEAST_PATIENCE_NANOS = 5_000_000_000L;

  private final Prepared prepared;
  private double nanos; // of a run, as last seen

  Clock(Prepared prepared) {
    this.prepared = prepared;
  }

  /**
   * Runs for at least {@code least} nanoseconds of processor time and {@value #LEAST_RUNS} times,
   * until the last windows were no faster than those before and no compiler was at work. Gives up
   * after ten times as long, but not before five seconds.
   */
  Reply.Timed warmUp(long least) {
    Compilers compilers = new Compilers();
    long patience = Math.max(LEAST_PATIENCE_NANOS, PATIENCE * least);
    long start = System.nanoTime();
    long processorStart = processorNanos();
    double best = Double.POSITIVE_INFINITY;
    int steady = 0;
    long runs = 0;
    while (true) {
      Reply.Timed window = batches(least / WINDOWS);
      runs += window.runs();
      boolean moving = window.nanos() < FASTER * best;
      steady = moving || compilers.busy() ? 0 : steady + 1;
      best = Math.min(best, window.nanos());
      long passed = System.nanoTime() - start;
      boolean longEnough = processorNanos() - processorStart >= least || passed >= BLIND * least;
      boolean settled = steady >= STEADY_WINDOWS && runs >= LEAST_RUNS;
      if ((longEnough && settled) || passed >= patience) {
        return new Reply.Timed(window.nanos(), runs);
      }
    }
  }

  /** Of the calling thread; 0 where the JVM does not tell. */
  private static long processorNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : 0;
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
