package io.lanewise.cli.page;

import io.lanewise.layers.files.AtomicFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Pages as files. */
public final class PageFile {

  private PageFile() {}

  /**
   * Writes a page to a file, which is either the complete new page or what it was before.
   *
   * @param file written; its folder must exist
   * @throws ReportNotWrittenException if it cannot be written, saying why
   */
  public static void write(Path file, String page) throws ReportNotWrittenException {
    try {
      AtomicFile.write(file, page);
    } catch (IOException e) {
      throw new ReportNotWrittenException(file, reason(e), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException f) {
      return f.getReason() == null ? "no file can be created in its folder" : f.getReason();
    }
    return e.getMessage();
  }
}
