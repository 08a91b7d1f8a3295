package io.lanewise.kernels.reference;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/** Indices, one number a dimension, in row-major order. */
final class Index {
  private Index() {}

  /** The index with number {@code i}. */
  static int[] of(Shape shape, int i) {
    int[] index = new int[shape.rank()];
    int rest = i;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return index;
  }

  /** The number of an index. */
  static int number(Shape shape, int... index) {
    int number = 0;
    for (int axis = 0; axis < index.length; axis++) {
      number = number * shape.dim(axis) + index[axis];
    }
    return number;
  }

  /** Where an operand that is broadcast is read for an element of the result. */
  static int[] broadcast(int[] result, Shape operand) {
    int[] index = new int[operand.rank()];
    for (int axis = 0; axis < index.length; axis++) {
      int at = result[result.length - index.length + axis];
      index[axis] = operand.dim(axis) == 1 ? 0 : at;
    }
    return index;
  }

  /** Which result an element goes into. */
  static int[] reduced(int[] index, boolean[] reduced, boolean keepDims) {
    int[] result = new int[index.length];
    int n = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (!reduced[axis]) {
        result[n++] = index[axis];
      } else if (keepDims) {
        result[n++] = 0;
      }
    }
    return Arrays.copyOf(result, n);
  }
}
