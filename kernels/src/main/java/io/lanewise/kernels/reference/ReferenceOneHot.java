package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.movement.Indices;
import io.lanewise.kernels.movement.OneHot;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Indicator vectors, element by element along an axis of y, from 0. */
record ReferenceOneHot(Shape indices, Shape y, int axis) implements OneHot {
  @Override
  public void forward(Indices which, float off, float on, Tensor to, Parallel par) {
    requireShape(to, y, "y");
    which.requireSize(indices);
    for (int i = 0; i < y.size(); i++) {
      int[] at = ReferenceMovement.index(y, i);
      int[] without = new int[at.length - 1];
      for (int j = 0; j < without.length; j++) {
        without[j] = at[j < axis ? j : j + 1];
      }
      long index = which.get(ReferenceMovement.number(indices, without));
      boolean here = index == at[axis] || index + y.dim(axis) == at[axis];
      to.set(here ? on : off, at);
    }
  }
}
