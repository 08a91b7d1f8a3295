package io.lanewise.layers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.weights.Safetensors;
import io.lanewise.layers.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static AtomicFile.Body text(String text) {
    return channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void replacesTheOldFileAndLeavesNothingElse() throws IOException {
    Path path = Files.writeString(folder.resolve("w"), "the old one, longer");
    AtomicFile.write(path, text("new"));
    assertEquals("new", Files.readString(path));
    assertEquals(List.of("w"), names());
  }

  @Test
  void failureHalfWayLeavesTheOldFileAndNoTemporaryOne() throws IOException {
    Path path = Files.writeString(folder.resolve("w"), "old");
    IOException full = new IOException("no space left on device");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    path,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[100]));
                      assertEquals(List.of(".w.0.tmp", "w"), names());
                      assertEquals("old", Files.readString(path));
                      throw full;
                    }));
    assertEquals(full, e);
    assertEquals("old", Files.readString(path));
    assertEquals(List.of("w"), names());
  }

  @Test
  void errorHalfWayLeavesNoTemporaryFileEither() throws IOException {
    Path path = folder.resolve("w");
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                path,
                channel -> {
                  throw new IllegalStateException("tensor changed");
                }));
    assertEquals(List.of(), names());
  }

  @Test
  void anotherWritersTemporaryFileIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve(".w.0.tmp"), "theirs");
    AtomicFile.write(folder.resolve("w"), text("mine"));
    assertEquals("theirs", Files.readString(folder.resolve(".w.0.tmp")));
    assertEquals("mine", Files.readString(folder.resolve("w")));
    assertEquals(List.of(".w.0.tmp", "w"), names());
  }

  @Test
  void folderInTheWayIsRefused() throws IOException {
    Path path = Files.createDirectory(folder.resolve("w"));
    IOException e =
        assertThrows(
            IOException.class,
            () -> Safetensors.write(path, SafetensorsFile.of(Map.of("a", Tensor.zeros(1)))));
    assertEquals(path + ": cannot be replaced by a file, as it is not a file", e.getMessage());
    assertEquals(List.of("w"), names());
  }

  @Test
  void missingFolderIsRefused() {
    Path path = folder.resolve("none").resolve("w");
    IOException e =
        assertThrows(NoSuchFileException.class, () -> AtomicFile.write(path, text("x")));
    assertEquals(path + ": its folder does not exist", e.getMessage());
  }

  @Test
  void permissionsAreThoseOfAnyNewFile() throws IOException {
    Assumptions.assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("posix"), "no POSIX permissions here");
    Path plain = Files.writeString(folder.resolve("plain"), "x");
    Path path = folder.resolve("w");
    AtomicFile.write(path, text("x"));
    assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(path));
  }

  @Test
  void linkStaysALink() throws IOException {
    Path path = Files.writeString(folder.resolve("w"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);
    AtomicFile.write(link, text("new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(path));
  }
}
