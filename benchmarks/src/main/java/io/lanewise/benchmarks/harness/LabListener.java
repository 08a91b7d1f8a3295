package io.lanewise.benchmarks.harness;

/** Hears how a run goes, on the thread that runs it. */
public interface LabListener {
  /**
   * How far it is.
   *
   * @param done of {@code total}, in expected milliseconds: both only count as a ratio
   * @param fork which repetition, from 1; 0 before the first
   * @param forks how many there are
   * @param what is being done, in a few words
   */
  record Progress(long done, long total, int fork, int forks, String what) {}

  /** It went on a little. */
  default void onProgress(Progress progress) {}

  /** Something went wrong that does not end the run: it costs a row, or a contender. */
  default void onProblem(String problem) {}
}
