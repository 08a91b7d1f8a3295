package io.lanewise.layers.graph.passes;

import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.Graph;

/** One step of a compilation. */
@FunctionalInterface
interface Pass {
  /** A graph that computes the same. */
  Graph apply(Graph graph, CompileOptions options);
}
