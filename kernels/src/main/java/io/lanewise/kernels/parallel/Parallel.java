package io.lanewise.kernels.parallel;

/**
 * Runs independent tasks on one or more threads. Tasks are cut from the problem's shape, never from
 * the number of workers, so results do not depend on it. Safe to call from any thread: platform or
 * virtual, from inside a task, from many at once.
 */
public interface Parallel {
  /** Everything on the calling thread, in order. */
  Parallel SEQUENTIAL =
      new Parallel() {
        @Override
        public int workers() {
          return 1;
        }

        @Override
        public void forEach(int tasks, TaskBody body) {
          for (int task = 0; task < tasks; task++) {
            body.run(task, 0);
          }
        }
      };

  /** Least work, in floating-point operations, that is worth handing to another thread. */
  long WORTH_SHARING = 200_000;

  /** How many tasks may run at one time. */
  int workers();

  /**
   * Runs {@code body} for every task in [0, tasks) and returns when all are done; what the tasks
   * wrote is then visible to the caller. If one throws, tasks not yet begun are skipped and the
   * first exception is thrown here. Allocates nothing; {@link CallFrame} tells how a caller need
   * not either.
   */
  void forEach(int tasks, TaskBody body);

  /**
   * This, or {@link #SEQUENTIAL} if work of so many floating-point operations is not worth sharing.
   */
  default Parallel forWork(long flops) {
    return flops < WORTH_SHARING ? SEQUENTIAL : this;
  }
}
