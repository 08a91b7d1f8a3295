package io.lanewise.kernels.reference;

import static io.lanewise.kernels.reference.ReferenceMovement.index;
import static io.lanewise.kernels.reference.ReferenceMovement.number;
import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.movement.Axes;
import io.lanewise.kernels.movement.Gather;
import io.lanewise.kernels.movement.Indices;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A gather by what it means: which element of x each of y is.
 *
 * @param sizes of the axes to which the indices belong, taking turns
 */
record ReferenceGather(Shape x, Shape indices, Shape y, Layout layout, Axis sizes, Source source)
    implements Gather {

  /** The size of the axis to which index number {@code i} belongs. */
  @FunctionalInterface
  interface Axis {
    int size(int i);
  }

  /** Says where elements come from. */
  @FunctionalInterface
  interface Source {
    /**
     * The index in x of y's element.
     *
     * @param to the element's index in y
     * @param which the indices, from 0
     */
    int[] of(int[] to, int[] which);
  }

  ReferenceGather {
    Axes.requireLayout(x, layout);
  }

  @Override
  public void forward(Tensor from, Indices which, Tensor to, Parallel par) {
    requireShape(from, x, layout, "x");
    requireShape(to, y, layout, "y");
    requireDisjoint(to, "y", from, "x");
    int[] numbers = checked(which, indices, sizes);
    for (int i = 0; i < y.size(); i++) {
      int[] at = index(y, i);
      to.set(from.get(source.of(at.clone(), numbers)), at);
    }
  }

  @Override
  public void backward(Tensor dy, Indices which, Tensor dx, Parallel par) {
    requireShape(dy, y, layout, "dy");
    requireShape(dx, x, layout, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    int[] numbers = checked(which, indices, sizes);
    double[] sum = new double[x.size()];
    for (int i = 0; i < y.size(); i++) {
      int[] at = index(y, i);
      sum[number(x, source.of(at.clone(), numbers))] += dy.get(at);
    }
    for (int i = 0; i < sum.length; i++) {
      dx.set((float) sum[i], index(x, i));
    }
  }

  /** The indices, each from 0. */
  static int[] checked(Indices which, Shape shape, Axis sizes) {
    which.requireSize(shape);
    int[] numbers = new int[which.size()];
    for (int i = 0; i < numbers.length; i++) {
      int size = sizes.size(i);
      long index = which.get(i);
      if (index < -size || index >= size) {
        throw new IllegalArgumentException(
            "indices[" + i + "] must be in [" + -size + ", " + size + "), got " + index);
      }
      numbers[i] = (int) (index < 0 ? index + size : index);
    }
    return numbers;
  }
}
