package io.lanewise.kernels.pool;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link MaxUnpool} by {@link Scatter}. */
final class KernelMaxUnpool implements MaxUnpool {
  private final Shape x;
  private final Shape y;
  private final Layout layout;
  private final Scatter put;
  private final Scatter read;

  KernelMaxUnpool(Shape x, Shape y, Layout layout) {
    MaxUnpool.requireShapes(x, y);
    this.x = x;
    this.y = y;
    this.layout = layout;
    int n = x.dim(0);
    int c = x.dim(1);
    this.put = new Scatter(Scatter.Kind.PUT, n, c, pixels(x), pixels(y), layout);
    this.read = new Scatter(Scatter.Kind.READ, n, c, pixels(x), pixels(y), layout);
  }

  private static int pixels(Shape shape) {
    int pixels = 1;
    for (int axis = 2; axis < shape.rank(); axis++) {
      pixels = Math.multiplyExact(pixels, shape.dim(axis));
    }
    return pixels;
  }

  @Override
  public Shape x() {
    return x;
  }

  @Override
  public Shape y() {
    return y;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public void forward(Tensor in, int[] indices, Tensor out, Parallel par) {
    requireShape(in, x, layout, "x");
    requireShape(out, y, layout, "y");
    requireDisjoint(out, "y", in, "x");
    MaxUnpool.requireIndices(indices, x);
    put.run(in, indices, out, par);
  }

  @Override
  public void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
    requireShape(dy, y, layout, "dy");
    requireShape(dx, x, layout, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    MaxUnpool.requireIndices(indices, x);
    read.run(dx, indices, dy, par);
  }
}
