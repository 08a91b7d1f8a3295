package io.lanewise.kernels.parallel;

/** What runs once a task. */
@FunctionalInterface
public interface TaskBody {
  /**
   * Does one task.
   *
   * @param task in [0, tasks)
   * @param worker in [0, workers): no two calls at one time see the same number, so it may index
   *     scratch memory
   */
  void run(int task, int worker);
}
