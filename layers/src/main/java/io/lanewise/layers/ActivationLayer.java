package io.lanewise.layers;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** What the elementwise layers share. */
abstract class ActivationLayer implements Layer {
  private final Activation kind;

  ActivationLayer(Activation kind) {
    this.kind = kind;
  }

  @Override
  public Shape outputShape(Shape x) {
    return x;
  }

  @Override
  public Tensor forward(Tensor x, Context ctx) {
    State s =
        ctx.state(this, x.shape(), () -> new State(ctx.backend().activation(kind), x.shape()));
    s.op.forward(x, s.y, ctx.parallel());
    return s.y;
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
    s.op.backward(s.y, dy, s.dx, ctx.parallel());
    return s.dx;
  }

  private static final class State {
    private final ActivationOp op;
    private final Tensor y;
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
