package io.lanewise.layers.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A node as it runs.
 *
 * @param node what it computes
 * @param layouts in which it reads and writes
 * @param kernel how
 */
public record CompiledNode(Node node, NodeLayouts layouts, Kernel kernel) {
  /** The inputs that a run reads. */
  List<Value> readInputs() {
    List<Value> read = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      if (kernel.reads(i)) {
        read.add(node.inputs().get(i));
      }
    }
    return read;
  }

  /** Name, operation and algorithm. */
  @Override
  public String toString() {
    String how = kernel.algorithm().isEmpty() ? "" : " by " + kernel.algorithm();
    return node.name() + ": " + node.op() + how;
  }
}
