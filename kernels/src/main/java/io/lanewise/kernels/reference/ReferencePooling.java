package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AdaptiveAvgPool;
import io.lanewise.kernels.pool.AdaptiveMaxPool;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.LpPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.pool.MaxUnpool;
import io.lanewise.kernels.pool.Pooling;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link ReferencePool} behind the plans' interfaces. */
final class ReferencePooling implements Pooling {
  @Override
  public MaxPool max(PoolShape shape, Layout layout) {
    return new Max(shape, layout);
  }

  @Override
  public AvgPool average(PoolShape shape, boolean countsPadding, Layout layout) {
    return new Average(shape, countsPadding, layout);
  }

  @Override
  public LpPool lp(PoolShape shape, double p, Layout layout) {
    return new Lp(shape, p, layout);
  }

  @Override
  public AdaptiveMaxPool adaptiveMax(AdaptivePoolShape shape, Layout layout) {
    return new AdaptiveMax(shape, layout);
  }

  @Override
  public AdaptiveAvgPool adaptiveAverage(AdaptivePoolShape shape, Layout layout) {
    return new AdaptiveAverage(shape, layout);
  }

  @Override
  public MaxUnpool maxUnpool(Shape x, Shape y, Layout layout) {
    return new ReferenceMaxUnpool(x, y, layout);
  }

  private static void check(
      Tensor in, Shape inShape, Tensor out, Shape outShape, Layout layout, String names) {
    String inName = names.substring(0, names.indexOf(' '));
    String outName = names.substring(names.indexOf(' ') + 1);
    requireShape(in, inShape, layout, inName);
    requireShape(out, outShape, layout, outName);
    requireDisjoint(out, outName, in, inName);
  }

  private static void checkIndices(int[] indices, Shape y) {
    if (indices.length != y.size()) {
      throw new IllegalArgumentException(
          "indices must have "
              + y.size()
              + " elements, one for each of y "
              + y
              + ", got "
              + indices.length);
    }
  }

  private record Max(PoolShape shape, Layout layout) implements MaxPool {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par) {
      check(x, shape.x(), y, shape.y(), layout, "x y");
      if (indices != null) {
        checkIndices(indices, shape.y());
      }
      ReferencePool.max(shape, x, y, indices);
    }

    @Override
    public void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
      check(dy, shape.y(), dx, shape.x(), layout, "dy dx");
      checkIndices(indices, shape.y());
      ReferencePool.maxBackward(shape, dy, indices, dx);
    }
  }

  private record AdaptiveMax(AdaptivePoolShape shape, Layout layout) implements AdaptiveMaxPool {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par) {
      check(x, shape.x(), y, shape.y(), layout, "x y");
      if (indices != null) {
        checkIndices(indices, shape.y());
      }
      ReferencePool.max(new ReferenceWindows(shape), x, y, indices);
    }

    @Override
    public void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
      check(dy, shape.y(), dx, shape.x(), layout, "dy dx");
      checkIndices(indices, shape.y());
      ReferencePool.maxBackward(new ReferenceWindows(shape), dy, indices, dx);
    }
  }

  private record Average(PoolShape shape, boolean countsPadding, Layout layout) implements AvgPool {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
      check(x, shape.x(), y, shape.y(), layout, "x y");
      ReferencePool.average(shape, countsPadding, x, y);
    }

    @Override
    public void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par) {
      check(dy, shape.y(), dx, shape.x(), layout, "dy dx");
      ReferencePool.averageBackward(shape, countsPadding, dy, dx);
    }
  }

  private record AdaptiveAverage(AdaptivePoolShape shape, Layout layout)
      implements AdaptiveAvgPool {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
      check(x, shape.x(), y, shape.y(), layout, "x y");
      ReferencePool.average(new ReferenceWindows(shape), false, x, y);
    }

    @Override
    public void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par) {
      check(dy, shape.y(), dx, shape.x(), layout, "dy dx");
      ReferencePool.averageBackward(new ReferenceWindows(shape), false, dy, dx);
    }
  }

  private record Lp(PoolShape shape, double p, Layout layout) implements LpPool {
    Lp {
      LpPool.requireExponent(p);
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
      check(x, shape.x(), y, shape.y(), layout, "x y");
      ReferencePool.lp(shape, p, x, y);
    }

    @Override
    public void backward(Tensor x, Tensor y, Tensor dy, Tensor dx, Parallel par) {
      check(x, shape.x(), dx, shape.x(), layout, "x dx");
      check(y, shape.y(), dx, shape.x(), layout, "y dx");
      check(dy, shape.y(), dx, shape.x(), layout, "dy dx");
      ReferencePool.lpBackward(shape, p, x, y, dy, dx);
    }
  }
}
