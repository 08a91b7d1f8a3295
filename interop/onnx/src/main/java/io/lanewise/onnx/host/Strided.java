package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;

/** Copies of a tensor's elements in another order. */
final class Strided {
  private Strided() {}

  /** Element y[i...] = src[start + Σ i · stride]. */
  static TypedTensor copy(TypedTensor src, Shape shape, int[] strides, int start) {
    TypedTensor y = TypedTensor.zeros(src.type(), shape);
    int run = 1;
    int outer = shape.rank();
    while (outer > 0 && strides[outer - 1] == run) {
      outer--;
      run *= shape.dim(outer);
    }
    if (y.size() == 0) {
      return y;
    }
    Shape rows = Shape.of(Arrays.copyOf(shape.toArray(), outer));
    int[] rowStrides = Arrays.copyOf(strides, outer);
    IndexWalk w = new IndexWalk(rows, rowStrides).startingAt(0, start);
    for (; w.hasNext(); w.advance()) {
      copy(src, w.at(0), y, w.position() * run, run);
    }
    return y;
  }

  /** Copies elements that lie together, between tensors of one type. */
  static void copy(TypedTensor src, int from, TypedTensor dst, int to, int count) {
    System.arraycopy(src.array(), from, dst.array(), to, count);
  }

  /** Axis {@code i} of the result is axis {@code order[i]} of the source. */
  static TypedTensor transpose(TypedTensor x, int... order) {
    int[] dense = IndexWalk.strides(x.shape());
    int[] dims = new int[order.length];
    int[] strides = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      dims[i] = x.shape().dim(order[i]);
      strides[i] = dense[order[i]];
    }
    return copy(x, Shape.of(dims), strides, 0);
  }
}
