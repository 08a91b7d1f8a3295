package io.lanewise.benchmarks.contender;

import java.util.List;

/**
 * What a library says that a model's nodes take.
 *
 * @param contender whose
 * @param version the library's
 * @param nanos of a run, the median
 * @param nodes in the order in which they run
 */
public record NodeProfile(String contender, String version, double nanos, List<Node> nodes) {
  /**
   * A node as the library runs it, which may have been several in the file.
   *
   * @param name what it calls it
   * @param operation its operator
   * @param nanos the median
   */
  public record Node(String name, String operation, double nanos) {}

  /** Keeps its own copy. */
  public NodeProfile {
    nodes = List.copyOf(nodes);
  }
}
