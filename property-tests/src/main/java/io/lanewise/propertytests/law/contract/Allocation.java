package io.lanewise.propertytests.law.contract;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the calling thread allocates. */
final class Allocation {
  private static final int TRIES = 3; // a method compiled meanwhile may allocate once

  private Allocation() {}

  /**
   * The least of several runs, after two that load classes and link call sites.
   *
   * @throws UnsupportedOperationException if this JVM does not tell
   */
  static long bytes(Runnable run) {
    ThreadMXBean threads = threads();
    run.run();
    run.run();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && least > 0; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      run.run();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static ThreadMXBean threads() {
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
        && bean.isThreadAllocatedMemorySupported()
        && bean.isThreadAllocatedMemoryEnabled()) {
      return bean;
    }
    throw new UnsupportedOperationException("this JVM does not tell what a thread allocates");
  }
}
