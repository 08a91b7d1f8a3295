package io.lanewise.benchmarks.harness;

/** Counts the work that is done, in milliseconds that it was expected to take. */
final class Progressing {
  private final LabListener listener;
  private final long total;
  private final int forks;
  private long done;
  private int fork;

  Progressing(LabListener listener, long total, int forks) {
    this.listener = listener;
    this.total = total;
    this.forks = forks;
  }

  void fork(int number) {
    fork = number;
  }

  /** About to do something. */
  void doing(String what) {
    listener.onProgress(new LabListener.Progress(done, total, fork, forks, what));
  }

  /** Did it. */
  void did(long millis) {
    done = Math.min(total, done + millis);
  }
}
