package io.lanewise.layers.graph.passes;

import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.Node;

/** Leaves out nodes of which nobody uses an output. */
final class RemoveUnused implements Pass {
  @Override
  public Graph apply(Graph graph, CompileOptions options) {
    Rewriter r = new Rewriter(graph);
    for (int i = r.size() - 1; i >= 0; i--) {
      Node n = r.node(i);
      if (n.outputs().stream().noneMatch(r::isUsed)) {
        r.remove(i);
      }
    }
    return r.graph();
  }
}
