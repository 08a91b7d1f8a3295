package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Puts a file system's exceptions, whose messages are often just a path, into words. */
final class Problems {
  private Problems() {}

  static String describe(IOException e) {
    if (e instanceof NoSuchFileException x) {
      return x.getFile() + " does not exist";
    }
    if (e instanceof AccessDeniedException x) {
      return "no permission for " + x.getFile();
    }
    if (e instanceof NotDirectoryException x) {
      return x.getFile() + " is not a folder";
    }
    if (e instanceof FileAlreadyExistsException x) {
      return x.getFile() + " is in the way: it exists and is not a folder";
    }
    return e.getMessage();
  }
}
