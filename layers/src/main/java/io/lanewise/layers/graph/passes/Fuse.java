package io.lanewise.layers.graph.passes;

import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Graph;
import java.util.List;

/**
 * Puts into one node what kernels compute together: padding before a convolution, scales and shifts
 * of its outputs, a sum with another tensor, an activation. A value that is used twice, or is an
 * output, stays.
 */
final class Fuse implements Pass {
  private static final List<Fusion> FUSIONS =
      List.of(
          new PadFusion(),
          new AffineFusion(),
          new BiasFusion(),
          new ResidualFusion(),
          new ActivationFusion());

  /** A rule. */
  interface Fusion {
    /**
     * Lets a node take in the one before it.
     *
     * @param i the node's number
     * @return whether it did
     */
    boolean apply(Rewriter r, int i, CompileOptions options);
  }

  @Override
  public Graph apply(Graph graph, CompileOptions options) {
    Rewriter r = new Rewriter(graph);
    for (int i = 0; i < r.size(); i++) {
      boolean changed = true;
      while (changed) {
        changed = false;
        for (Fusion f : FUSIONS) {
          changed |= r.node(i) != null && f.apply(r, i, options);
        }
      }
    }
    return r.graph();
  }
}
