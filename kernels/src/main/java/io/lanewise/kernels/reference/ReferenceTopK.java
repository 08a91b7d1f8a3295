package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.TopK;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The k greatest or least elements along an axis, by sorting all of them. */
record ReferenceTopK(Shape x, int axis, int k, boolean largest) implements TopK {
  ReferenceTopK {
    Arithmetic.topKShape(x, axis, k);
  }

  @Override
  public Shape y() {
    return Arithmetic.topKShape(x, axis, k);
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public void forward(Tensor x, Tensor values, int[] indices, Workspace ws, Parallel par) {
    requireShape(x, this.x, "x");
    requireShape(values, y(), "values");
    requireDisjoint(values, "values", x, "x");
    Arithmetic.requireIndices(indices, y());
    int at = Math.floorMod(axis, this.x.rank());
    for (int i = 0; i < values.size(); i++) {
      int[] index = Index.of(values.shape(), i);
      int[] from = index.clone();
      List<Integer> order = new ArrayList<>();
      for (int j = 0; j < this.x.dim(at); j++) {
        order.add(j);
      }
      // -0 + 0 is 0, which makes both zeros equal; NaN is above all.
      Comparator<Integer> byValue = Comparator.comparingDouble(j -> value(x, from, at, j) + 0f);
      order.sort(largest ? byValue.reversed() : byValue);
      indices[i] = order.get(index[at]);
      values.set(value(x, from, at, indices[i]), index);
    }
  }

  private static float value(Tensor x, int[] index, int axis, int number) {
    int[] at = index.clone();
    at[axis] = number;
    return x.get(at);
  }

  @Override
  public void backward(int[] indices, Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, y(), "dy");
    requireShape(dx, x, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    Arithmetic.requireIndices(indices, y());
    dx.fill(0);
    int at = Math.floorMod(axis, x.rank());
    for (int i = 0; i < dy.size(); i++) {
      int[] index = Index.of(dy.shape(), i);
      float g = dy.get(index);
      if (indices[i] < 0 || indices[i] >= x.dim(at)) {
        throw new IllegalArgumentException(
            "indices must be in [0, " + x.dim(at) + "), got " + indices[i]);
      }
      index[at] = indices[i];
      dx.set(g, index);
    }
  }
}
