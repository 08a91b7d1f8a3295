package io.lanewise.benchmarks.cold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM as a user starts it: this one's program and class path, and the vector module. */
final class FreshJvm {
  private static final int SECONDS = 120;

  private FreshJvm() {}

  /** The last line that a main class prints in a JVM without flags. */
  static String lastLine(Class<?> main, List<String> args)
      throws IOException, InterruptedException {
    return lastLine(List.of(), main, args);
  }

  /**
   * The last line that a main class prints.
   *
   * @param flags of the JVM
   * @throws IOException if the JVM cannot be started, fails, or takes longer than two minutes
   */
  static String lastLine(List<String> flags, Class<?> main, List<String> args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(main.getSimpleName() + " took longer than " + SECONDS + " s");
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        String reason =
            output.lines().filter(l -> !l.startsWith("WARNING:")).findFirst().orElse("no output");
        throw new IOException(main.getSimpleName() + " failed: " + reason.strip());
      }
      return output.strip().lines().reduce("", (a, b) -> b);
    } finally {
      process.destroyForcibly();
    }
  }
}
