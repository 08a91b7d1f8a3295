package io.lanewise.benchmarks.result;

/**
 * A library that took part.
 *
 * @param name as in the rows, such as {@code "onednn"}
 * @param version the library's own, or what it runs on
 */
public record ContenderInfo(String name, String version) {
  /** Validates; see the messages. */
  public ContenderInfo {
    Require.text("name", name);
    Require.text("version", version);
  }

  /** True for our own contenders: {@code lanewise} and its kinds, such as lanewise-scalar. */
  public static boolean ours(String name) {
    return name.equals("lanewise") || name.startsWith("lanewise-");
  }
}
