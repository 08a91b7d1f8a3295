package io.lanewise.benchmarks.contender;

/** One task made ready by one contender. Used from one thread. */
public interface Prepared extends AutoCloseable {
  /** Computes the task once, from the inputs into the output that it holds. */
  void run();

  /**
   * What the last run computed, as a copy in the plain order of the task's output: the harness
   * checks it, outside of what is timed.
   */
  float[] output();

  /** Frees what it holds. */
  @Override
  void close();
}
