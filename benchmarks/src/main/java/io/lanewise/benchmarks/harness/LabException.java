package io.lanewise.benchmarks.harness;

/** A run that cannot go on; the message says why. */
public final class LabException extends Exception {
  private static final long serialVersionUID = 1L;

  LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
