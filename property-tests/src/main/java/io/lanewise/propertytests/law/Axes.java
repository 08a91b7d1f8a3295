package io.lanewise.propertytests.law;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.SplittableRandom;

/** Parts and orders of tensors along one axis; copies, never views. */
final class Axes {
  private Axes() {}

  /** The entries {@code which} of an axis, in that order. */
  static Tensor pick(Tensor t, int axis, int... which) {
    int[] dims = t.shape().toArray();
    int before = dims[axis];
    dims[axis] = which.length;
    int inner = 1;
    for (int d = axis + 1; d < dims.length; d++) {
      inner *= dims[d];
    }
    Tensor picked = Tensor.zeros(Shape.of(dims));
    int rows = picked.size() == 0 ? 0 : picked.size() / inner;
    for (int row = 0; row < rows; row++) {
      int src = (row / which.length * before + which[row % which.length]) * inner;
      System.arraycopy(t.array(), t.offset() + src, picked.array(), row * inner, inner);
    }
    return picked;
  }

  /** The entries from {@code from} to before {@code to}. */
  static Tensor part(Tensor t, int axis, int from, int to) {
    int[] which = new int[to - from];
    for (int i = 0; i < which.length; i++) {
      which[i] = from + i;
    }
    return pick(t, axis, which);
  }

  /** A matrix with rows and columns exchanged. */
  static Tensor transposed(Tensor t) {
    int rows = t.shape().dim(0);
    int columns = t.shape().dim(1);
    Tensor result = Tensor.zeros(columns, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result.set(t.get(i, j), j, i);
      }
    }
    return result;
  }

  /** The numbers below n in some order. */
  static int[] permutation(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
