package io.lanewise.benchmarks.result;

/**
 * Where a task comes from.
 *
 * @param file name of the shape file, such as {@code "resnet50"}
 * @param count how many layers of that network are like this
 */
public record Use(String file, int count) {
  /** Validates; see the messages. */
  public Use {
    Require.text("file", file);
    Require.atLeast("count", 1, count);
  }
}
