package io.lanewise.cli.page;

import java.io.IOException;
import java.nio.file.Path;

/** A report could not be written; the file, if there was one, is as it was. */
public final class ReportNotWrittenException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String file;

  ReportNotWrittenException(Path file, String reason, Throwable cause) {
    super("cannot write the report " + file + ": " + reason, cause);
    this.file = file.toString();
  }

  /** The file that was to be written. */
  public Path file() {
    return Path.of(file);
  }
}
