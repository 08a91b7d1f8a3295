package io.lanewise.benchmarks.harness;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The project's folder, as far as a run needs it: the rivals that are built there, the commit, the
 * folder of recorded results.
 *
 * @param root the folder with the launcher
 */
public record Project(Path root) {
  /** System property by which the launcher says where it is. */
  public static final String PROPERTY = "lanewise.home";

  private static final String SERVICE =
      "src/main/resources/META-INF/services/io.lanewise.benchmarks.contender.Contender";
  private static final int DIGITS = 12;
  private static final int GIT_SECONDS = 10;

  /** The project that started this JVM; empty if something else did. */
  public static Optional<Project> find() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).map(Project::new);
  }

  /** The folder with {@code results} and {@code RESULTS.md}. */
  public Path benchmarks() {
    return root.resolve("benchmarks");
  }

  /**
   * The rivals: each folder below {@code benchmarks/rivals} that has contenders.
   *
   * @param homes those that are built
   * @param missing names of those that are not
   */
  public record Rivals(List<Home> homes, List<String> missing) {}

  /** Looks for them. */
  public Rivals rivals() throws IOException {
    List<Home> homes = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Path folder = benchmarks().resolve("rivals");
    List<Path> modules = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        all.filter(m -> Files.exists(m.resolve(SERVICE))).sorted().forEach(modules::add);
      }
    }
    for (Path module : modules) {
      String name = module.getFileName().toString();
      Path classPath = module.resolve("target/classpath.txt");
      if (Files.exists(classPath)) {
        Path options = module.resolve("target/jvm-options.txt");
        homes.add(new Home(name, absolute(Files.readString(classPath), module), options(options)));
      } else {
        missing.add(name);
      }
    }
    return new Rivals(homes, missing);
  }

  private static String absolute(String classPath, Path module) {
    return String.join(
        File.pathSeparator,
        Stream.of(classPath.strip().split(File.pathSeparator, -1))
            .map(entry -> module.resolve(entry).toAbsolutePath().toString())
            .toList());
  }

  private static List<String> options(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(String::strip).filter(l -> !l.isEmpty()).toList()
        : List.of();
  }

  /**
   * The first digits of the commit that is checked out, with {@code +changes} if files differ from
   * it; empty where git or its folder is not there.
   */
  public Optional<String> commit() {
    if (!Files.exists(root.resolve(".git"))) {
      return Optional.empty();
    }
    return git("rev-parse", "HEAD")
        .map(hash -> hash.length() > DIGITS ? hash.substring(0, DIGITS) : hash)
        .flatMap(
            hash ->
                git("status", "--porcelain", "--untracked-files=no")
                    .map(changes -> changes.isEmpty() ? hash : hash + "+changes"));
  }

  private Optional<String> git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    Process process = null;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? Optional.of(out.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      if (process != null) {
        process.destroy();
      }
    }
  }
}
