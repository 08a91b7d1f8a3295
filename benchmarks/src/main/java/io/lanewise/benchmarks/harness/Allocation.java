package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.Prepared;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** How much of the Java heap a run takes, on whatever threads. */
final class Allocation {
  private static final int LEAST_RUNS = 2;
  private static final long LEAST_NANOS = 5_000_000;
  private static final int BATCHES = 5;

  private Allocation() {}

  /**
   * Bytes a run, rounded up; empty where the JVM does not tell. The least of some batches, as the
   * JVM itself allocates now and then, where it compiles a method or leaves compiled code.
   */
  static OptionalLong bytesARun(Prepared prepared) {
    if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)
        || !threads.isThreadAllocatedMemorySupported()
        || !threads.isThreadAllocatedMemoryEnabled()) {
      return OptionalLong.empty();
    }
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < BATCHES && least > 0; batch++) {
      long before = threads.getTotalThreadAllocatedBytes();
      long runs = run(prepared);
      long bytes = threads.getTotalThreadAllocatedBytes() - before;
      least = Math.min(least, Math.ceilDiv(bytes, runs));
    }
    return OptionalLong.of(least);
  }

  private static long run(Prepared prepared) {
    long runs = 0;
    long start = System.nanoTime();
    while (runs < LEAST_RUNS || System.nanoTime() - start < LEAST_NANOS) {
      prepared.run();
      runs++;
    }
    return runs;
  }
}
