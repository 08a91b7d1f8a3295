package io.lanewise.kernels.reference;

import static io.lanewise.kernels.reference.ReferenceWindows.position;
import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.MaxUnpool;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Max unpooling, value by value. */
record ReferenceMaxUnpool(Shape x, Shape y, Layout layout) implements MaxUnpool {
  ReferenceMaxUnpool {
    MaxUnpool.requireShapes(x, y);
  }

  private static int pixels(Shape s) {
    int pixels = 1;
    for (int axis = 2; axis < s.rank(); axis++) {
      pixels *= s.dim(axis);
    }
    return pixels;
  }

  private int index(int[] indices, int at) {
    if (indices[at] < -1 || indices[at] >= pixels(y)) {
      throw new IllegalArgumentException(
          "indices must lie in [-1, %d), got %d at %d".formatted(pixels(y), indices[at], at));
    }
    return indices[at];
  }

  @Override
  public void forward(Tensor in, int[] indices, Tensor out, Parallel par) {
    requireShape(in, x, layout, "x");
    requireShape(out, y, layout, "y");
    requireDisjoint(out, "y", in, "x");
    MaxUnpool.requireIndices(indices, x);
    out.fill(0f);
    for (int plane = 0; plane < x.dim(0) * x.dim(1); plane++) {
      for (int pixel = 0; pixel < pixels(x); pixel++) {
        int from = position(in, plane, pixel);
        int index = index(indices, from - in.offset());
        if (index >= 0) {
          out.array()[position(out, plane, index)] = in.array()[from];
        }
      }
    }
  }

  @Override
  public void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
    requireShape(dy, y, layout, "dy");
    requireShape(dx, x, layout, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    MaxUnpool.requireIndices(indices, x);
    for (int plane = 0; plane < x.dim(0) * x.dim(1); plane++) {
      for (int pixel = 0; pixel < pixels(x); pixel++) {
        int to = position(dx, plane, pixel);
        int index = index(indices, to - dx.offset());
        dx.array()[to] = index < 0 ? 0f : dy.array()[position(dy, plane, index)];
      }
    }
  }
}
