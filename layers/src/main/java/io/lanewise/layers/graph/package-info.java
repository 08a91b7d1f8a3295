/**
 * Networks as graphs of named nodes, and their compilation for inference. Build a {@link
 * io.lanewise.layers.graph.Graph} of {@link io.lanewise.layers.graph.GraphOps}, compile it for a
 * backend, make a {@link io.lanewise.layers.graph.GraphRun} for each thread that calls.
 *
 * <p>A graph holds for one set of shapes: every size is known when it is built, so everything that
 * depends on shapes alone is decided once, when it is compiled.
 */
package io.lanewise.layers.graph;
