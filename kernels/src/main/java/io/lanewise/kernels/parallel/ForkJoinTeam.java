package io.lanewise.kernels.parallel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A team of threads on a {@link ForkJoinPool} of its own. The calling thread always works too, so a
 * call makes progress even if every pool thread is busy: that is what makes nested calls and many
 * callers safe. A helper that comes late finds no task left and goes. Threads are daemons; {@link
 * #close()} ends them.
 */
public final class ForkJoinTeam implements Parallel, AutoCloseable {
  private static final int SPINS = 2_000; // some 20 us: about what waking a parked thread costs

  private final int workers;
  private final ForkJoinPool pool;

  private ForkJoinTeam(int workers) {
    this.workers = workers;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ForkJoinPool(
            Math.max(1, workers - 1),
            p -> {
              ForkJoinWorkerThread t = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(p);
              t.setName("lanewise-" + number.incrementAndGet());
              t.setDaemon(true);
              return t;
            },
            null,
            true);
  }

  /**
   * A team of {@code workers} threads, the calling one included.
   *
   * @throws IllegalArgumentException if {@code workers} is below 1 or above 1024
   */
  public static ForkJoinTeam of(int workers) {
    if (workers < 1 || workers > 1024) {
      throw new IllegalArgumentException("threads must be 1 to 1024, got " + workers);
    }
    return new ForkJoinTeam(workers);
  }

  @Override
  public int workers() {
    return workers;
  }

  @Override
  public void forEach(int tasks, TaskBody body) {
    int helpers = Math.min(Math.min(workers, tasks) - 1, room());
    if (helpers <= 0 || pool.isShutdown()) {
      Parallel.SEQUENTIAL.forEach(tasks, body);
      return;
    }
    Region region = new Region(tasks, body, Thread.currentThread());
    for (int h = 1; h <= helpers; h++) {
      int worker = h;
      try {
        pool.execute(() -> region.work(worker));
      } catch (RejectedExecutionException closed) {
        break; // closed meanwhile: the caller does the work alone
      }
    }
    region.work(0);
    region.await();
  }

  /**
   * How many helpers to ask for. None from inside one of the team's own threads: the others are
   * busy with the same call. And no more than can be waiting at a time, or calls made while all are
   * busy would pile up behind them.
   */
  private int room() {
    if (pool.equals(ForkJoinTask.getPool())) {
      return 0;
    }
    return workers - pool.getQueuedSubmissionCount();
  }

  /** Ends the threads; later calls run on the calling thread alone. */
  @Override
  public void close() {
    pool.shutdown();
  }

  /** One call of forEach: workers take the next task until none is left. */
  private static final class Region {
    private final int tasks;
    private final TaskBody body;
    private final Thread caller;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Region(int tasks, TaskBody body, Thread caller) {
      this.tasks = tasks;
      this.body = body;
      this.caller = caller;
    }

    void work(int worker) {
      for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            body.run(task, worker);
          }
        } catch (Throwable t) {
          failure.compareAndSet(null, t);
        } finally {
          if (done.incrementAndGet() == tasks) {
            LockSupport.unpark(caller);
          }
        }
      }
    }

    void await() {
      int spins = 0;
      boolean interrupted = false;
      while (done.get() < tasks) {
        if (spins < SPINS) {
          spins++;
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
          interrupted |=
              Thread.interrupted(); // a task cannot be left half done: finish, then restore
        }
      }
      if (interrupted) {
        caller.interrupt();
      }
      Throwable t = failure.get();
      if (t != null) {
        throw ForkJoinTeam.<RuntimeException>asUnchecked(t);
      }
    }
  }

  /** Throws {@code t} as it is: other languages' task bodies may throw checked exceptions. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T asUnchecked(Throwable t) throws T {
    throw (T) t;
  }
}
