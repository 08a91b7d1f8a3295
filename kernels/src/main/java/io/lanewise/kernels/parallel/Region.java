package io.lanewise.kernels.parallel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One call's tasks, of which workers take the next until none is left; used for one call after the
 * other.
 *
 * <p>A worker may come late, when the call it saw is over and the region serves another. That does
 * no harm: {@link #left} alone says whether there is a task, everything else is written before it,
 * and who has got a task keeps its call from ending. So a late worker finds nothing, or helps the
 * new call.
 */
final class Region {
  /** Looks before a thread parks: some 20 us, about what waking a parked thread costs. */
  static final int SPINS = 2_000;

  private final AtomicBoolean taken = new AtomicBoolean();
  private final AtomicInteger left = new AtomicInteger(); // tasks not begun, or less than 1
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private int tasks;
  private TaskBody body;
  private Thread caller;

  /** Makes it the calling thread's until {@link #await}, unless it is another's. */
  boolean take() {
    return !taken.get() && taken.compareAndSet(false, true);
  }

  void open(int count, TaskBody what) {
    tasks = count;
    body = what;
    caller = Thread.currentThread();
    done.set(0);
    left.set(count);
  }

  /** True if there is a task that nobody has begun. */
  boolean isOpen() {
    return left.get() > 0;
  }

  /** Runs tasks as {@code worker} until none is left; true if it ran any. */
  boolean work(int worker) {
    boolean worked = false;
    while (isOpen()) {
      int mine = left.getAndDecrement();
      if (mine <= 0) {
        break; // another was faster
      }
      worked = true;
      int count = tasks; // the call may end, and all fields change, as soon as done says so
      Thread waiting = caller;
      try {
        if (failure.get() == null) {
          body.run(count - mine, worker);
        }
      } catch (Throwable t) {
        failure.compareAndSet(null, t);
      } finally {
        if (done.incrementAndGet() == count) {
          LockSupport.unpark(waiting);
        }
      }
    }
    return worked;
  }

  /** Waits until all tasks are done, gives the region back and throws what a task threw. */
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
    Throwable thrown = failure.getAndSet(null);
    body = null;
    caller = null;
    taken.set(false);
    if (thrown != null) {
      throw Region.<RuntimeException>asUnchecked(thrown);
    }
  }

  /** Throws {@code t} as it is: other languages' task bodies may throw checked exceptions. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T asUnchecked(Throwable t) throws T {
    throw (T) t;
  }
}
