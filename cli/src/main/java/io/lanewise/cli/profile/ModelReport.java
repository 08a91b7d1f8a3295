package io.lanewise.cli.profile;

import io.lanewise.cli.page.Fact;
import java.util.List;
import java.util.Optional;

/**
 * A profile with all that it is held against.
 *
 * @param model file name
 * @param facts of the run: machine, threads, shapes
 * @param nanos of a run, the median, with each node's clock running
 * @param peakGflops multiply-adds on as many threads, 10^9 operations a second
 * @param nodes in the order in which they run
 * @param rival the other library's total; empty if none was asked
 */
public record ModelReport(
    String model,
    List<Fact> facts,
    double nanos,
    double peakGflops,
    List<ProfiledNode> nodes,
    Optional<Rival> rival) {
  /**
   * What a rival takes.
   *
   * @param name with its version
   * @param nanos of a run, the median, with its own profiler running
   * @param otherNanos of its nodes that are none of ours, such as reorders
   * @param others how many they are
   */
  public record Rival(String name, double nanos, double otherNanos, int others) {}

  /** Keeps its own copies. */
  public ModelReport {
    facts = List.copyOf(facts);
    nodes = List.copyOf(nodes);
  }

  /** Operations of all nodes. */
  public long flops() {
    return nodes.stream().mapToLong(ProfiledNode::flops).sum();
  }
}
