package io.lanewise.propertytests.bits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own, on this one's JDK and class path, with the flags asked for. All
 * arguments go through a file: the command line stays short however long the class path is.
 */
public final class ChildJvm {
  private static final int MINUTES = 10;

  /**
   * What it did.
   *
   * @param exit its exit code
   * @param out all that it printed
   * @param err all that it complained about
   */
  public record Run(int exit, String out, String err) {
    /**
     * The rest of the one line that starts with {@code word}.
     *
     * @throws IllegalStateException if there is none
     */
    public String line(String word) {
      return out.lines()
          .filter(l -> l.startsWith(word + " "))
          .map(l -> l.substring(word.length() + 1))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no '" + word + "' in: " + this));
    }
  }

  private ChildJvm() {}

  /**
   * Runs a program to its end.
   *
   * @param main its class
   * @param flags the JVM's
   * @param more class path besides this JVM's own
   * @throws IllegalStateException if it has not ended after ten minutes
   */
  public static Run run(Class<?> main, List<String> flags, List<Path> more, List<String> args) {
    try {
      Path folder = Files.createTempDirectory("lanewise");
      try {
        return run(folder, arguments(main, flags, more, args));
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> arguments(
      Class<?> main, List<String> flags, List<Path> more, List<String> args) {
    List<String> classPath = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    more.forEach(p -> classPath.add(p.toString()));
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of("-cp", String.join(System.getProperty("path.separator"), classPath)));
    all.add(main.getName());
    all.addAll(args);
    return all;
  }

  private static Run run(Path folder, List<String> arguments) throws IOException {
    Path file = folder.resolve("arguments");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Files.write(file, arguments.stream().map(ChildJvm::quoted).toList());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(java.toString(), "@" + file)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException("no end after " + MINUTES + " minutes: " + arguments);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** As the JDK's launcher reads a line of an argument file. */
  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
