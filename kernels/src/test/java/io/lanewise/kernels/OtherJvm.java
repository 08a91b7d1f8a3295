package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A class of the tests run as a program in a JVM of its own, with flags of its own. */
final class OtherJvm {
  private static final int SECONDS = 50;

  private OtherJvm() {}

  /** What a JVM printed, without the JVM's own remark on incubator modules. */
  record Output(List<String> out, List<String> err) {}

  /**
   * Runs {@code main}, which may use the kernels and the tests' helpers, but no library.
   *
   * @param folder where the output may be kept meanwhile
   */
  static Output run(Path folder, Class<?> main, String... flags)
      throws IOException, InterruptedException, URISyntaxException {
    return run(folder, main, List.of(), flags);
  }

  /** As above, with arguments for {@code main}. */
  static Output run(Path folder, Class<?> main, List<String> arguments, String... flags)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%n");
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", classPath(main), main.getName()));
    command.addAll(arguments);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, () -> "still running: " + command);
    return new Output(lines(out), lines(err));
  }

  private static List<String> lines(Path file) throws IOException {
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.filter(l -> !l.isBlank() && !l.contains("Using incubator modules")).toList();
    }
  }

  private static String classPath(Class<?> main) throws URISyntaxException {
    return location(CpuBackend.class) + File.pathSeparator + location(main);
  }

  private static Path location(Class<?> c) throws URISyntaxException {
    return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
