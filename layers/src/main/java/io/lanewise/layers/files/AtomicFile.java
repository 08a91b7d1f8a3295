package io.lanewise.layers.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces a file whole or not at all. */
public final class AtomicFile {
  private static final int NAMES_TRIED = 1000;

  /** What goes into the file. */
  @FunctionalInterface
  public interface Body {
    /** Writes everything to {@code channel}, which is then closed. */
    void write(WritableByteChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a temporary file beside {@code path}, forces it to the disk and moves it to {@code
   * path}. If anything fails the temporary file is deleted and {@code path} is as it was. A
   * symbolic link stays a link: the file that it names is replaced.
   *
   * @throws IOException naming the path and what is in the way
   */
  public static void write(Path path, Body body) throws IOException {
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new FileSystemException(
          path.toString(), null, "cannot be replaced by a file, as it is not a file");
    }
    Path folder = target.getParent();
    if (folder == null || !Files.exists(folder)) {
      throw new NoSuchFileException(path.toString(), null, "its folder does not exist");
    }
    if (!Files.isDirectory(folder)) {
      throw new FileSystemException(path.toString(), null, folder + " is not a folder");
    }
    boolean moved = false;
    Path temporary = create(target);
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        body.write(channel);
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      moved = true;
    } finally {
      if (!moved) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** Writes {@code text} in UTF-8 so. */
  public static void write(Path path, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    write(
        path,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  // Not Files.createTempFile: its files are readable by their owner only, and would stay so.
  private static Path create(Path target) throws IOException {
    for (int i = 0; i < NAMES_TRIED; i++) {
      try {
        return Files.createFile(
            target.resolveSibling("." + target.getFileName() + "." + i + ".tmp"));
      } catch (FileAlreadyExistsException e) {
        // another writer is at work, or was killed: the next name
      }
    }
    throw new IOException(
        target.getParent() + ": holds " + NAMES_TRIED + " unfinished ." + target.getFileName());
  }
}
