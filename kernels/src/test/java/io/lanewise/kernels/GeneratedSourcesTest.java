package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernels that {@code tools/kernel-templates} writes are committed as it writes them now: its
 * programs run on a copy, and the Java that they leave there is compared with ours, but for what
 * the formatter changes (spaces, line breaks, the order of imports and those that nothing needs).
 */
final class GeneratedSourcesTest {
  private static final String PYTHON = "python3";
  private static final long SECONDS = 60;
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path TEMPLATES = Path.of("tools", "kernel-templates");
  private static final Path KERNELS = Path.of("kernels/src/main/java/io/lanewise/kernels");

  @TempDir private static Path copy;

  @BeforeAll
  static void write() throws Exception {
    boolean there = hasPython();
    if (Boolean.getBoolean("lanewise.ci")) {
      assertTrue(there, PYTHON + " is not installed");
    }
    assumeTrue(there, PYTHON + " is not installed");
    copyFiles(TEMPLATES);
    copyFiles(KERNELS.resolve("micro"));
    Files.createDirectories(copy.resolve(KERNELS).resolve("simd"));
    Files.createDirectories(copy.resolve(KERNELS).resolve("scalar"));
    for (Path file : files(copy.resolve(TEMPLATES))) {
      if (Files.readString(file).startsWith("\"\"\"Writes ")) {
        assertEquals("", run(PYTHON, file.toString()), file::toString);
      }
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return run(PYTHON, "--version").startsWith("Python 3");
    } catch (IOException e) {
      return false;
    }
  }

  private static void copyFiles(Path folder) throws IOException {
    Files.createDirectories(copy.resolve(folder));
    for (Path file : files(ROOT.resolve(folder))) {
      Files.copy(file, copy.resolve(folder).resolve(file.getFileName()));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** What a program printed. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean ended = p.waitFor(SECONDS, TimeUnit.SECONDS);
    assertEquals(0, ended ? p.exitValue() : -1, out);
    return out;
  }

  @Test
  void areWhatTheTemplatesWrite() throws IOException {
    List<Path> written =
        Stream.of("simd", "scalar")
            .map(KERNELS::resolve)
            .flatMap(GeneratedSourcesTest::writtenTo)
            .toList();
    assertFalse(written.isEmpty());
    for (Path file : written) {
      String want = unformatted(Files.readString(copy.resolve(file)));
      String got = unformatted(Files.readString(ROOT.resolve(file)));
      int at = firstDifference(want, got);
      assertEquals(
          excerpt(want, at),
          excerpt(got, at),
          () -> file + " is not what " + TEMPLATES + " writes: edit that, run it, spotless:apply");
    }
  }

  private static Stream<Path> writtenTo(Path folder) {
    try {
      return files(copy.resolve(folder)).stream().map(f -> folder.resolve(f.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unformatted(String java) {
    return java.replaceAll("(?m)^import .*;$", "")
        .replaceAll("(?m)^\\s*\\*(?!/)", "")
        .replaceAll("\\s+", "");
  }

  private static int firstDifference(String a, String b) {
    int i = 0;
    while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }

  /** What stands around a place, and the length of the whole. */
  private static String excerpt(String text, int at) {
    int from = Math.max(0, Math.min(at, text.length()) - 40);
    return text.substring(from, Math.min(text.length(), at + 40)) + " of " + text.length();
  }
}
