package io.lanewise.layers;

import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;

/**
 * Average over square windows of images [n][c][h][w]; padding counts as zeros unless {@link
 * #excludePadding()}.
 */
public final class AvgPool2d implements Layer {
  private final PoolWindow window;
  private final boolean countsPadding;

  AvgPool2d(int kernelSize, int stride, int padding) {
    this(new PoolWindow("AvgPool2d", kernelSize, stride, padding), true);
  }

  private AvgPool2d(PoolWindow window, boolean countsPadding) {
    this.window = window;
    this.countsPadding = countsPadding;
  }

  /** A new layer that averages over the window's elements inside the image alone. */
  public AvgPool2d excludePadding() {
    return new AvgPool2d(window, false);
  }

  /** True if padding counts as zeros. */
  public boolean countsPadding() {
    return countsPadding;
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
    s.pool.forward(x, s.y, ctx.workspace(s.pool.workspace()), ctx.parallel());
    return s.y;
  }

  @Override
  public Value addTo(Graph.Builder graph, String name, Value x) {
    return graph.add(name, GraphOps.avgPool(window.shape(x.shape()), countsPadding), x);
  }

  @Override
  public void prepare(Shape x, Context ctx, WarmUp warm) {
    warm.add(state(x, ctx).pool);
  }

  private State state(Shape x, Context ctx) {
    return ctx.state(
        this, x, () -> new State(ctx.backend().avgPool(window.shape(x), countsPadding)));
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
    s.pool.backward(dy, s.dx, ctx.workspace(s.pool.workspace()), ctx.parallel());
    return s.dx;
  }

  private static final class State {
    private final AvgPool pool;
    private final Tensor y;
    private Tensor dx;

    State(AvgPool pool) {
      PoolShape shape = pool.shape();
      this.pool = pool;
      this.y = Tensor.zeros(shape.y());
    }
  }

  /** For example {@code AvgPool2d(2x2, stride 2)}. */
  @Override
  public String toString() {
    return window.toString();
  }
}
