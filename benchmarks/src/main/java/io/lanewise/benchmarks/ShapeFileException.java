package io.lanewise.benchmarks;

import java.io.IOException;

/** A shape file that cannot be understood; the message starts with file and line. */
public final class ShapeFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says where and what.
   *
   * @param line line number, from 1
   */
  public ShapeFileException(String file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
