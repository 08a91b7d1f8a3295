package io.lanewise.layers;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;

/** [n][...] to [n][features]: another view of the same elements. */
public final class Flatten implements Layer {
  Flatten() {}

  @Override
  public Shape outputShape(Shape x) {
    if (x.rank() < 2) {
      throw new IllegalArgumentException(this + " takes [n, ...], got " + x);
    }
    return Shape.of(x.dim(0), x.dropFirst().size());
  }

  @Override
  public long flops(Shape x) {
    return 0;
  }

  @Override
  public Tensor forward(Tensor x, Context ctx) {
    ctx.state(this, x.shape(), x::shape);
    return x.reshape(outputShape(x.shape()));
  }

  @Override
  public Value addTo(Graph.Builder graph, String name, Value x) {
    return graph.add(name, GraphOps.reshape(outputShape(x.shape())), x);
  }

  @Override
  public Tensor backward(Tensor dy, boolean inputGradient, Context ctx) {
    return inputGradient ? dy.reshape(ctx.state(this, Shape.class)) : null;
  }

  @Override
  public String toString() {
    return "Flatten";
  }
}
