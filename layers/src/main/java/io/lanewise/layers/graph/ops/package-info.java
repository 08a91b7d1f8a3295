/** The library's operations as nodes of a graph; {@code GraphOps} makes them. */
package io.lanewise.layers.graph.ops;
