/**
 * Layers with parameters, networks of them, named architectures, weights files. Start at {@link
 * io.lanewise.layers}.
 */
module io.lanewise.layers {
  requires transitive io.lanewise.kernels;
  requires com.fasterxml.jackson.core;

  exports io.lanewise.layers;
  exports io.lanewise.layers.files;
  exports io.lanewise.layers.graph;
  exports io.lanewise.layers.models;
  exports io.lanewise.layers.typed;
  exports io.lanewise.layers.weights;
}
