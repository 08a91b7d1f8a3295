package io.lanewise.propertytests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a class of the tests in a JVM of its own, with this one's class path and the flags asked
 * for.
 */
final class OtherJvm {
  /**
   * What it did.
   *
   * @param exit its exit code
   * @param output what it printed, both streams
   */
  record Run(int exit, String output) {
    /** The rest of the one line that starts with {@code word}. */
    String line(String word) {
      return output
          .lines()
          .filter(l -> l.startsWith(word + " "))
          .map(l -> l.substring(word.length() + 1))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no '" + word + "' in: " + output));
    }
  }

  private OtherJvm() {}

  static Run run(Class<?> main, List<String> flags, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    try {
      Path output = Files.createTempFile("lanewise", ".txt");
      Process p =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!p.waitFor(5, TimeUnit.MINUTES)) {
        p.destroyForcibly();
        throw new AssertionError("no end after 5 minutes: " + command);
      }
      String text = Files.readString(output);
      Files.delete(output);
      return new Run(p.exitValue(), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
