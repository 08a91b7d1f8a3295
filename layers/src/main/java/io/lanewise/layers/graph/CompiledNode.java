package io.lanewise.layers.graph;

/**
 * A node as it runs.
 *
 * @param node what it computes
 * @param layouts in which it reads and writes
 * @param kernel how
 */
public record CompiledNode(Node node, NodeLayouts layouts, Kernel kernel) {
  /** Name, operation and algorithm. */
  @Override
  public String toString() {
    String how = kernel.algorithm().isEmpty() ? "" : " by " + kernel.algorithm();
    return node.name() + ": " + node.op() + how;
  }
}
