package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;

/** Two tensors of shapes that fit, element by element: sizes of 1 repeat, axes align at the end. */
final class Broadcast {
  private Broadcast() {}

  /** What to do with one pair of elements. */
  @FunctionalInterface
  interface Pair {
    void apply(int a, int b, int y);
  }

  /**
   * The shape of both.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  static Shape shape(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int da = i > a.rank() ? 1 : a.dim(-i);
      int db = i > b.rank() ? 1 : b.dim(-i);
      if (da != db && da != 1 && db != 1) {
        throw new IllegalArgumentException("shapes " + a + " and " + b + " do not broadcast");
      }
      dims[rank - i] = da == 1 ? db : da;
    }
    return Shape.of(dims);
  }

  /** Calls for each element of the result, with the elements that it is made of. */
  static void forEach(Shape a, Shape b, Shape y, Pair pair) {
    int[] sa = IndexWalk.strides(a, y);
    int[] sb = IndexWalk.strides(b, y);
    for (IndexWalk w = new IndexWalk(y, sa, sb); w.hasNext(); w.advance()) {
      pair.apply(w.at(0), w.at(1), w.position());
    }
  }

  /** The tensor repeated to a shape to which it broadcasts. */
  static TypedTensor to(TypedTensor x, Shape shape) {
    return x.shape().equals(shape)
        ? x
        : Strided.copy(x, shape, IndexWalk.strides(x.shape(), shape), 0);
  }

  /** A new tensor of the shape of both. */
  static TypedTensor result(ElementType type, TypedTensor a, TypedTensor b) {
    return TypedTensor.zeros(type, shape(a.shape(), b.shape()));
  }
}
