package io.lanewise.propertytests.law.contract;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the calling thread allocates. */
final class Allocation {
  private static final int RUNS = 3;

  private final ThreadMXBean threads;
  private long bytes;

  /**
   * Looks for the JVM's counter.
   *
   * @throws UnsupportedOperationException if there is none
   */
  Allocation() {
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
        && bean.isThreadAllocatedMemorySupported()
        && bean.isThreadAllocatedMemoryEnabled()) {
      threads = bean;
    } else {
      throw new UnsupportedOperationException("this JVM does not tell what a thread allocates");
    }
  }

  /** True if not one of a few runs allocates anything, after one that may. */
  boolean isNone(Runnable run) {
    run.run();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < RUNS; i++) {
      run.run();
    }
    bytes = threads.getCurrentThreadAllocatedBytes() - before;
    return bytes == 0;
  }

  /** Bytes a run that {@link #isNone} saw last, rounded up. */
  long bytesPerRun() {
    return Math.ceilDiv(bytes, RUNS);
  }
}
