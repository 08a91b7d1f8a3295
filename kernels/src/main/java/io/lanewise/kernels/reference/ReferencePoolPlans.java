package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link ReferencePool} behind the plans' interfaces. */
final class ReferencePoolPlans {
  private ReferencePoolPlans() {}

  record Max(PoolShape shape) implements MaxPool {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par) {
      requireShape(x, shape.x(), "x");
      requireShape(y, shape.y(), "y");
      requireDisjoint(y, "y", x, "x");
      requireIndices(shape, indices);
      ReferencePool.max(shape, x, y, indices);
    }

    @Override
    public void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
      requireShape(dy, shape.y(), "dy");
      requireShape(dx, shape.x(), "dx");
      requireDisjoint(dx, "dx", dy, "dy");
      requireIndices(shape, indices);
      ReferencePool.maxBackward(shape, dy, indices, dx);
    }
  }

  private static void requireIndices(PoolShape shape, int[] indices) {
    if (indices.length != shape.y().size()) {
      throw new IllegalArgumentException(
          "indices must have "
              + shape.y().size()
              + " elements, one for each of y "
              + shape.y()
              + ", got "
              + indices.length);
    }
  }

  record Average(PoolShape shape, boolean countsPadding) implements AvgPool {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
      requireShape(x, shape.x(), "x");
      requireShape(y, shape.y(), "y");
      requireDisjoint(y, "y", x, "x");
      ReferencePool.average(shape, countsPadding, x, y);
    }

    @Override
    public void backward(Tensor dy, Tensor dx, Parallel par) {
      requireShape(dy, shape.y(), "dy");
      requireShape(dx, shape.x(), "dx");
      requireDisjoint(dx, "dx", dy, "dy");
      ReferencePool.averageBackward(shape, countsPadding, dy, dx);
    }
  }
}
