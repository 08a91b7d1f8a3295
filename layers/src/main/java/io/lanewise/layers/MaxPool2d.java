package io.lanewise.layers;

import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;

/** Greatest element of square windows of images [n][c][h][w]. */
public final class MaxPool2d implements Layer {
  private final PoolWindow window;

  MaxPool2d(int kernelSize, int stride, int padding) {
    this.window = new PoolWindow("MaxPool2d", kernelSize, stride, padding);
  }

  /**
   * The pooling of images of one shape: window, stride, padding.
   *
   * @throws IllegalArgumentException if the layer cannot take this shape, saying why
   */
  public PoolShape shape(Shape x) {
    return window.shape(x);
  }

  @Override
  public Shape outputShape(Shape x) {
    return window.shape(x).y();
  }

  @Override
  public long flops(Shape x) {
    return window.flops(x);
  }

  @Override
  public ReceptiveField receptiveField(ReceptiveField x) {
    return window.receptiveField(x);
  }

  @Override
  public Tensor forward(Tensor x, Context ctx) {
    State s = state(x.shape(), ctx);
    s.pool.forward(x, s.y, s.indices, ctx.workspace(s.pool.workspace()), ctx.parallel());
    return s.y;
  }

  @Override
  public Value addTo(Graph.Builder graph, String name, Value x) {
    return graph.add(name, GraphOps.maxPool(window.shape(x.shape())), x);
  }

  @Override
  public void prepare(Shape x, Context ctx, WarmUp warm) {
    warm.add(state(x, ctx).pool);
  }

  private State state(Shape x, Context ctx) {
    return ctx.state(this, x, () -> new State(ctx.backend().maxPool(window.shape(x))));
  }

  @Override
  public Tensor backward(Tensor dy, boolean inputGradient, Context ctx) {
    if (!inputGradient) {
      return null;
    }
    State s = ctx.state(this, State.class);
    if (s.dx == null) {
      s.dx = Tensor.zeros(s.pool.shape().x());
    }
    s.pool.backward(dy, s.indices, s.dx, ctx.parallel());
    return s.dx;
  }

  private static final class State {
    private final MaxPool pool;
    private final Tensor y;
    private final int[] indices;
    private Tensor dx;

    State(MaxPool pool) {
      this.pool = pool;
      this.y = Tensor.zeros(pool.shape().y());
      this.indices = new int[y.size()];
    }
  }

  /** For example {@code MaxPool2d(2x2, stride 2)}. */
  @Override
  public String toString() {
    return window.toString();
  }
}
