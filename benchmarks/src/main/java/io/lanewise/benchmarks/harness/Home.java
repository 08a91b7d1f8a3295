package io.lanewise.benchmarks.harness;

import java.util.List;
import java.util.Objects;

/**
 * A class path with contenders on it.
 *
 * @param name for messages
 * @param classPath as {@code java -cp} takes it
 * @param flags for the JVM, beside those that every worker gets
 */
public record Home(String name, String classPath, List<String> flags) {
  /** Keeps its own copy of the flags. */
  public Home {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(classPath, "classPath");
    flags = List.copyOf(flags);
  }

  /** The class path of this JVM, where our own contenders are. */
  public static Home ours() {
    return new Home("lanewise", System.getProperty("java.class.path"), List.of());
  }
}
