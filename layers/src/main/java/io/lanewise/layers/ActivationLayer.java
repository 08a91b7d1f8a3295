package io.lanewise.layers;

import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;

/** What the elementwise layers share. */
abstract class ActivationLayer implements Layer {
  private final Activation activation;

  ActivationLayer(Activation activation) {
    this.activation = activation;
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }

  @Override
  public Tensor forward(Tensor x, Context ctx) {
    State s = state(x.shape(), ctx);
    s.op.forward(x, s.y, ctx.parallel());
    s.saved = activation.needsInput() ? x : s.y;
    return s.y;
  }

  @Override
  public Value addTo(Graph.Builder graph, String name, Value x) {
    return graph.add(name, GraphOps.activation(activation), x);
  }

  @Override
  public void prepare(Shape x, Context ctx, WarmUp warm) {
    warm.add(state(x, ctx).op);
  }

  private State state(Shape x, Context ctx) {
    return ctx.state(this, x, () -> new State(ctx.backend().activation(activation), x));
  }

  @Override
  public Tensor backward(Tensor dy, boolean inputGradient, Context ctx) {
    if (!inputGradient) {
      return null;
    }
    State s = ctx.state(this, State.class);
    if (s.dx == null) {
      s.dx = Tensor.zeros(s.y.shape());
    }
    s.op.backward(s.saved, dy, s.dx, ctx.parallel());
    return s.dx;
  }

  private static final class State {
    private final ActivationOp op;
    private final Tensor y;
    private Tensor saved;
    private Tensor dx;

    State(ActivationOp op, Shape shape) {
      this.op = op;
      this.y = Tensor.zeros(shape);
    }
  }

  @Override
  public String toString() {
    return getClass().getSimpleName();
  }
}
