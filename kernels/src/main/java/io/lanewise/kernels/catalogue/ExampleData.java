package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Small data for examples, the same on every run. */
final class ExampleData {
  private static final int[] DIMS = {2, 3, 5, 4, 3};
  private static final int STEPS = 997; // a prime, so that no period meets a row's length

  private ExampleData() {}

  /** A shape of this many axes. */
  static Shape shape(int axes) {
    int[] dims = new int[axes];
    System.arraycopy(DIMS, 0, dims, 0, axes);
    return Shape.of(dims);
  }

  /** Values in [-2, 2), other ones for each seed. */
  static Tensor tensor(Shape shape, int seed) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = Math.floorMod(i * 619 + seed * 271, STEPS) * 4f / STEPS - 2;
    }
    return t;
  }
}
