package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.reference.ReferencePool;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/** Poolings, run into fresh memory that holds NaN before, and inputs made for them. */
final class Pools {
  private static final int NO_INDEX = Integer.MIN_VALUE;

  /** What a max pooling gives. */
  static final class Max {
    private final Tensor y;
    private final int[] indices;

    Max(Tensor y, int[] indices) {
      this.y = y;
      this.indices = indices;
    }

    Tensor y() {
      return y;
    }

    int[] indices() {
      return indices;
    }
  }

  private Pools() {}

  static Max max(Backend backend, PoolShape s, Tensor x) {
    MaxPool plan = backend.maxPool(s);
    Tensor y = Tensor.zeros(s.y()).fill(Float.NaN);
    int[] indices = new int[y.size()];
    Arrays.fill(indices, NO_INDEX);
    plan.forward(x, y, indices, Workspace.allocate(plan.workspace(), 1), Parallel.SEQUENTIAL);
    return new Max(y, indices);
  }

  static Max referenceMax(PoolShape s, Tensor x) {
    Max max = new Max(Tensor.zeros(s.y()), new int[s.y().size()]);
    ReferencePool.max(s, x, max.y, max.indices);
    return max;
  }

  static Tensor maxBackward(Backend backend, PoolShape s, Tensor dy, int[] indices) {
    Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
    backend.maxPool(s).backward(dy, indices, dx, Parallel.SEQUENTIAL);
    return dx;
  }

  static Tensor avg(Backend backend, PoolShape s, boolean countsPadding, Tensor x) {
    AvgPool plan = backend.avgPool(s, countsPadding);
    Tensor y = Tensor.zeros(s.y()).fill(Float.NaN);
    plan.forward(x, y, Workspace.allocate(plan.workspace(), 1), Parallel.SEQUENTIAL);
    return y;
  }

  static Tensor referenceAvg(PoolShape s, boolean countsPadding, Tensor x) {
    Tensor y = Tensor.zeros(s.y());
    ReferencePool.average(s, countsPadding, x, y);
    return y;
  }

  static Tensor avgBackward(Backend backend, PoolShape s, boolean countsPadding, Tensor dy) {
    Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
    AvgPool plan = backend.avgPool(s, countsPadding);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    plan.backward(dy, dx, ws, Parallel.SEQUENTIAL);
    return dx;
  }

  /** The same windows on another input. */
  static PoolShape with(PoolShape s, int n, int c, int ih, int iw, Padding padding) {
    return new PoolShape(
        n,
        c,
        ih,
        iw,
        s.kh(),
        s.kw(),
        s.strideH(),
        s.strideW(),
        s.dilationH(),
        s.dilationW(),
        padding);
  }

  /** The same windows on an input that has its padding already. */
  static PoolShape padded(PoolShape s) {
    Padding p = s.padding();
    int ih = s.ih() + p.top() + p.bottom();
    return with(s, s.n(), s.c(), ih, s.iw() + p.left() + p.right(), Padding.NONE);
  }

  /** The input with its padding put around it. */
  static Tensor padded(PoolShape s, Tensor x, float fill) {
    Tensor big = Tensor.zeros(padded(s).x()).fill(fill);
    for (int plane = 0; plane < s.n() * s.c(); plane++) {
      for (int iy = 0; iy < s.ih(); iy++) {
        for (int ix = 0; ix < s.iw(); ix++) {
          int img = plane / s.c();
          int c = plane % s.c();
          big.set(x.get(img, c, iy, ix), img, c, iy + s.padding().top(), ix + s.padding().left());
        }
      }
    }
    return big;
  }

  /** How many inputs the window of output {@code i} holds. */
  static int inside(PoolShape s, int i) {
    return s.rowsInside(i / s.ow() % s.oh()) * s.columnsInside(i % s.ow());
  }

  /** True if the window of output {@code i} holds position {@code at} of its plane. */
  static boolean holds(PoolShape s, int i, int at) {
    int down = at / s.iw() + s.padding().top() - i / s.ow() % s.oh() * s.strideH();
    int right = at % s.iw() + s.padding().left() - i % s.ow() * s.strideW();
    return isTap(down, s.kh(), s.dilationH()) && isTap(right, s.kw(), s.dilationW());
  }

  private static boolean isTap(int distance, int k, int dilation) {
    return distance >= 0 && distance % dilation == 0 && distance / dilation < k;
  }
}
