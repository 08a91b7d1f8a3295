package io.lanewise.cli.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a text file as a whole or not at all: first beside its place, then moved into it. */
final class AtomicFile {

  private AtomicFile() {}

  static void write(Path file, String text) throws ReportNotWrittenException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new ReportNotWrittenException(file, "it is a folder, expected a file", null);
    }
    if (!Files.exists(folder)) {
      throw new ReportNotWrittenException(file, "the folder " + folder + " does not exist", null);
    }
    if (!Files.isDirectory(folder)) {
      throw new ReportNotWrittenException(file, folder + " is not a folder", null);
    }
    // Not createTempFile: the report would keep that file's owner-only permissions.
    Path part = folder.resolve(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      Files.writeString(part, text);
      move(part, file);
    } catch (IOException e) {
      ReportNotWrittenException failure = new ReportNotWrittenException(file, reason(e), e);
      try {
        Files.deleteIfExists(part);
      } catch (IOException leftover) {
        failure.addSuppressed(leftover);
      }
      throw failure;
    }
  }

  private static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException || e instanceof NoSuchFileException) {
      return "files cannot be created in its folder";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
