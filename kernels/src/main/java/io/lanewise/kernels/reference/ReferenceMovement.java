package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.movement.Axes;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A movement by what it means: where in x each element of y comes from.
 *
 * @param fill what y has where nothing of x goes
 * @param sums whether an element of x may go to several places
 */
record ReferenceMovement(
    Shape x, Layout xLayout, Shape y, Layout yLayout, float fill, boolean sums, Source source)
    implements Movement {

  /** Says where elements come from. */
  @FunctionalInterface
  interface Source {
    /**
     * The index in x of y's element.
     *
     * @param to the element's index in y
     * @return null for the constant
     */
    int[] of(int[] to);
  }

  ReferenceMovement {
    Axes.requireLayout(Axes.requireFew(x), xLayout);
    Axes.requireLayout(Axes.requireFew(y), yLayout);
  }

  /** The naive copy is never left out. */
  @Override
  public boolean isView() {
    return false;
  }

  @Override
  public void forward(Tensor from, Tensor to, Parallel par) {
    requireShape(from, x, xLayout, "x");
    requireShape(to, y, yLayout, "y");
    requireDisjoint(to, "y", from, "x");
    for (int i = 0; i < y.size(); i++) {
      int[] at = index(y, i);
      int[] src = source.of(at.clone());
      to.set(src == null ? fill : from.get(src), at);
    }
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, y, yLayout, "dy");
    requireShape(dx, x, xLayout, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    double[] sum = new double[x.size()];
    for (int i = 0; i < y.size(); i++) {
      int[] at = index(y, i);
      int[] src = source.of(at.clone());
      if (src != null) {
        int to = number(x, src);
        sum[to] = sums ? sum[to] + dy.get(at) : dy.get(at);
      }
    }
    for (int i = 0; i < sum.length; i++) {
      dx.set((float) sum[i], index(x, i));
    }
  }

  /** The index of a shape's element number {@code i}. */
  static int[] index(Shape shape, int i) {
    int[] index = new int[shape.rank()];
    int rest = i;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return index;
  }

  /** The number of the element at an index. */
  static int number(Shape shape, int[] index) {
    int number = 0;
    for (int axis = 0; axis < index.length; axis++) {
      number = number * shape.dim(axis) + index[axis];
    }
    return number;
  }
}
