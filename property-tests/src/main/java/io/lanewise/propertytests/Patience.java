package io.lanewise.propertytests;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long the cases of one law may wait, together, for something to settle: the first ones wait
 * for the JIT compiler, the others find its work done; where nothing settles, they do not wait over
 * and over. Counted in the calling thread's processor time: on a busy machine the compiler, too,
 * takes longer.
 */
final class Patience {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long nanosLeft;

  Patience(Duration all) {
    this.nanosLeft = all.toNanos();
  }

  /** Tries until it is so, at least once; false if that is not before the patience ends. */
  boolean until(BooleanSupplier settled) {
    boolean is = settled.getAsBoolean();
    while (!is && nanosLeft > 0) {
      long start = now();
      is = settled.getAsBoolean();
      nanosLeft -= now() - start;
    }
    return is;
  }

  private long now() {
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
