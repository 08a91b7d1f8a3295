package io.lanewise.layers.graph.passes;

import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Graph;
import java.util.List;

/** All passes, in their order. */
public final class Passes {
  private static final List<Pass> ALL =
      List.of(
          new RemoveIdentities(),
          new FoldConstants(),
          new MergeEqualNodes(),
          new RecogniseCurves(),
          new RemoveUnused(),
          new Fuse(),
          new DepthwiseBlockFusion(),
          new AlignRanks(),
          new RemoveUnused());

  private Passes() {}

  /** Applies all. */
  public static Graph apply(Graph graph, CompileOptions options) {
    Graph g = graph;
    for (Pass pass : ALL) {
      g = pass.apply(g, options);
    }
    return g;
  }
}
