package io.lanewise.benchmarks.harness;

/** A worker died or does not answer; the message says which, with its last words. */
final class WorkerLostException extends Exception {
  private static final long serialVersionUID = 1L;

  WorkerLostException(String message) {
    super(message);
  }
}
