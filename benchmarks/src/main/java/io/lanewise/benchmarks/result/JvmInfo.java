package io.lanewise.benchmarks.result;

import java.util.List;

/**
 * A JVM.
 *
 * @param name such as {@code "OpenJDK 64-Bit Server VM"}
 * @param version such as {@code "25.0.3+9-LTS"}
 * @param flags that the workers were started with, in order
 */
public record JvmInfo(String name, String version, List<String> flags) {
  /** Validates; see the messages. */
  public JvmInfo {
    Require.text("name", name);
    Require.text("version", version);
    flags = Require.list("flags", flags);
  }
}
