package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.CumulativeSum;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Cumulative sums, each by itself, in float64. */
record ReferenceCumulativeSum(Shape shape, int axis, boolean exclusive, boolean reverse)
    implements CumulativeSum {
  ReferenceCumulativeSum {
    Arithmetic.axes(shape, axis);
  }

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    requireShape(x, shape, "x");
    requireShape(y, shape, "y");
    requireDisjoint(y, "y", x, "x");
    sum(x, y, reverse);
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, shape, "dy");
    requireShape(dx, shape, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    sum(dy, dx, !reverse);
  }

  private void sum(Tensor src, Tensor dst, boolean backwards) {
    int at = Math.floorMod(axis, shape.rank());
    for (int i = 0; i < shape.size(); i++) {
      int[] index = Index.of(shape, i);
      int own = index[at];
      double sum = 0;
      for (int j = 0; j < shape.dim(at); j++) {
        boolean counts = j == own ? !exclusive : backwards ? j > own : j < own;
        index[at] = j;
        sum += counts ? src.get(index) : 0;
      }
      index[at] = own;
      dst.set((float) sum, index);
    }
  }
}
