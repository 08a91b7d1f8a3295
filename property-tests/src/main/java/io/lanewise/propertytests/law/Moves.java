package io.lanewise.propertytests.law;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.stream.IntStream;

/** Indices along an axis for {@link Axes#pick}, and its transpose; copies, never views. */
final class Moves {
  private Moves() {}

  /**
   * Entry {@code to[i]} of an axis of {@code size} entries is entry i of {@code t}; others are 0.
   */
  static Tensor put(Tensor t, int axis, int size, int... to) {
    int[] dims = t.shape().toArray();
    int before = dims[axis];
    dims[axis] = size;
    int inner = 1;
    for (int d = axis + 1; d < dims.length; d++) {
      inner *= dims[d];
    }
    Tensor wide = Tensor.zeros(Shape.of(dims));
    int rows = t.size() == 0 ? 0 : t.size() / inner;
    for (int row = 0; row < rows; row++) {
      int dst = (row / before * size + to[row % before]) * inner;
      System.arraycopy(t.array(), t.offset() + row * inner, wide.array(), dst, inner);
    }
    return wide;
  }

  /** {@code count} indices from {@code first}, {@code step} apart. */
  static int[] range(int first, int count, int step) {
    return IntStream.range(0, count).map(i -> first + i * step).toArray();
  }

  /** The indices from {@code count - 1} down to 0. */
  static int[] backwards(int count) {
    return range(count - 1, count, -1);
  }
}
