package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.Prepared;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** How much of the Java heap a run takes, on whatever threads. */
final class Allocation {
  private static final int LEAST_RUNS = 2;
  private static final long LEAST_NANOS = 5_000_000;
  private static final int LEAST_BATCHES = 3;
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private Allocation() {}

  /**
   * Bytes a run, rounded up; empty where the JVM does not tell. The least of some batches, and of
   * those of a second if none takes nothing: until a kernel is compiled, vectors are objects, and
   * the JVM itself allocates where it compiles a method or leaves compiled code.
   */
  static OptionalLong bytesARun(Prepared prepared) {
    if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)
        || !threads.isThreadAllocatedMemorySupported()
        || !threads.isThreadAllocatedMemoryEnabled()) {
      return OptionalLong.empty();
    }
    long least = Long.MAX_VALUE;
    long start = System.nanoTime();
    for (int batch = 0;
        least > 0 && (batch < LEAST_BATCHES || System.nanoTime() - start < PATIENCE_NANOS);
        batch++) {
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
