package io.lanewise.benchmarks.result;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file that somebody named, which may be anything: never more of it than a bound. */
public final class BoundedText {
  private BoundedText() {}

  /**
   * All of a file.
   *
   * @param mostBytes how large it may be
   * @throws FileSystemException naming the file, if it is not there, a folder, larger, or not UTF-8
   */
  public static String read(Path file, int mostBytes) throws IOException {
    if (Files.isDirectory(file)) {
      throw problem(file, "is a folder");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(mostBytes + 1); // not Files.size: a device has none, and no end
    }
    if (bytes.length > mostBytes) {
      throw problem(file, "expected at most " + mostBytes + " bytes, got more");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      FileSystemException told = problem(file, "expected text in UTF-8, got other bytes");
      told.initCause(e);
      throw told;
    }
  }

  private static FileSystemException problem(Path file, String what) {
    return new FileSystemException(file.toString(), null, what);
  }
}
