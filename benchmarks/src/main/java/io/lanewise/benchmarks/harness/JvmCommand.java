package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.result.JvmInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How workers are started: with this JVM's program, and its flags as far as they matter. */
final class JvmCommand {
  private static final List<String> ALWAYS =
      List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

  // Agents measure or change what runs; assertions are not what is measured; properties are the
  // controller's own.
  private static final List<String> LEFT_OUT =
      List.of("-javaagent:", "-agentlib:", "-agentpath:", "-ea", "-enableassertions", "-D");

  private JvmCommand() {}

  /** This JVM, and the flags that it hands on. */
  static JvmInfo jvm() {
    Set<String> flags = new LinkedHashSet<>(ALWAYS);
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (LEFT_OUT.stream().noneMatch(flag::startsWith)) {
        flags.add(flag);
      }
    }
    return new JvmInfo(
        System.getProperty("java.vm.name"), Runtime.version().toString(), new ArrayList<>(flags));
  }

  /**
   * The command of a worker. All arguments are in a file: a class path on the command line itself
   * makes ONNX Runtime 1.29 crash from some 2,000 characters on.
   *
   * @param folder where the file goes, and what the JVM leaves behind if it crashes
   */
  static List<String> of(Home home, Path folder) throws IOException {
    return of(home, folder, WorkerMain.class, List.of());
  }

  /** The command of another main class, with its arguments. */
  static List<String> of(Home home, Path folder, Class<?> main, List<String> words)
      throws IOException {
    List<String> arguments = new ArrayList<>(jvm().flags());
    arguments.addAll(home.flags());
    arguments.add("-XX:-CreateCoredumpOnCrash");
    arguments.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    arguments.add("-cp");
    arguments.add(home.classPath());
    arguments.add(main.getName());
    arguments.addAll(words);
    Path file = folder.resolve("arguments");
    Files.write(file, arguments.stream().map(JvmCommand::quoted).toList());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(java.toString(), "@" + file);
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
