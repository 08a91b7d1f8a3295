package io.lanewise.layers;

import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One step of a network. A layer owns its parameters and nothing else: what belongs to a run lives
 * in the {@link Context}. Shapes have the batch first, images are [n][c][h][w]. {@code toString}
 * describes it in a line.
 */
public interface Layer {
  /**
   * The output's shape; pure.
   *
   * @param x the input's shape, batch included
   * @throws IllegalArgumentException if the layer cannot take this shape, saying why
   */
  Shape outputShape(Shape x);

  /**
   * Makes and initialises the parameters for an input shape; their sizes follow from it. Nothing to
   * do for a layer without parameters, or that has them already.
   *
   * @throws IllegalArgumentException if it was built for another number of inputs
   */
  default void build(Shape x, RandomGenerator random) {
    outputShape(x);
  }

  /**
   * The forward pass.
   *
   * @param x read; a training context keeps it until the backward pass
   * @return in the context's memory, valid until the next run
   */
  Tensor forward(Tensor x, Context ctx);

  /**
   * Makes what {@link #forward} makes at its first run for an input shape, such as plans and packed
   * weights, and adds the plans that it runs to a warm-up. A layer that has none need not do this.
   */
  default void prepare(Shape x, Context ctx, WarmUp warm) {
    outputShape(x);
  }

  /**
   * The backward pass of the latest forward pass with this context: adds to {@link
   * Parameter#grad()}.
   *
   * @param dy the output's gradient, read
   * @param inputGradient false if the input's gradient is not needed
   * @return the input's gradient in the context's memory, or null if it was not asked for
   */
  Tensor backward(Tensor dy, boolean inputGradient, Context ctx);

  /**
   * Adds what the forward pass computes to a graph, for inference; parameters become constants that
   * keep the values of now.
   *
   * @param name of the node
   * @return the output
   * @throws IllegalStateException if the layer has no parameters yet
   * @throws UnsupportedOperationException if the layer cannot be part of a graph
   */
  default Value addTo(Graph.Builder graph, String name, Value x) {
    throw new UnsupportedOperationException(this + " cannot be part of a graph");
  }

  /** The learned tensors; empty before {@link #build}. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * What inference needs beside the parameters and no gradient changes, such as running averages,
   * by name; empty before {@link #build}. The tensors themselves.
   */
  default Map<String, Tensor> statistics() {
    return Map.of();
  }

  /** Floating-point operations of a forward pass; a multiply-add counts two. */
  default long flops(Shape x) {
    return outputShape(x).size();
  }

  /** How far an output sees, given how far this layer's inputs see. */
  default ReceptiveField receptiveField(ReceptiveField x) {
    return x;
  }

  /** This layer, then another. */
  default Sequential then(Layer next) {
    return Sequential.of(this, next);
  }

  /** This layer, then {@code tanh}. */
  default Sequential tanh() {
    return then(Layers.tanh());
  }

  /** This layer, then {@code max(x, 0)}. */
  default Sequential relu() {
    return then(Layers.relu());
  }
}
