package io.lanewise.benchmarks.result;

import java.io.IOException;

/** A result file that cannot be understood; the message starts with file and place. */
public final class ResultFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says where and what.
   *
   * @param place line and field, or empty
   */
  ResultFileException(String file, String place, String problem) {
    super(file + ": " + (place.isEmpty() ? "" : place + ": ") + problem);
  }
}
