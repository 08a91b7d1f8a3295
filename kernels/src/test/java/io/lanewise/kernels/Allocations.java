package io.lanewise.kernels;

import com.sun.management.ThreadMXBean;
import io.lanewise.kernels.parallel.Parallel;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

/** Counts what the calling thread and the teams' threads allocate, to the byte. */
final class Allocations {
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long[] ids;

  Allocations(Parallel par) {
    par.forEach(par.workers(), (task, worker) -> {}); // the threads are there afterwards
    LongStream teams =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().startsWith("lanewise-"))
            .mapToLong(Thread::threadId);
    this.ids = LongStream.concat(LongStream.of(Thread.currentThread().threadId()), teams).toArray();
    if (ids.length < par.workers()) {
      throw new AssertionError("found " + ids.length + " of " + par.workers() + " threads");
    }
    bytesOf(() -> {}, 1); // loads what measuring needs
  }

  /** Bytes that {@code times} runs make these threads allocate. */
  long bytesOf(Runnable run, int times) {
    long before = total();
    for (int i = 0; i < times; i++) {
      run.run();
    }
    return total() - before;
  }

  private long total() {
    long sum = 0;
    for (long id : ids) {
      sum += threads.getThreadAllocatedBytes(id);
    }
    return sum;
  }
}
