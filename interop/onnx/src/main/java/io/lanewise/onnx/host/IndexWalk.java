package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;

/**
 * Visits every index of a shape, the last axis fastest, and keeps for each of several arrays the
 * offset that belongs to it: offset = start + Σ index · stride.
 */
final class IndexWalk {
  private final int[] dims;
  private final int[][] strides;
  private final int[] index;
  private final int[] offsets;
  private final int size;
  private int position;

  IndexWalk(Shape shape, int[]... strides) {
    this.dims = shape.toArray();
    this.strides = strides.clone();
    this.index = new int[dims.length];
    this.offsets = new int[strides.length];
    this.size = shape.size();
  }

  /** Moves array {@code k}'s first offset. */
  IndexWalk startingAt(int k, int offset) {
    offsets[k] = offset;
    return this;
  }

  boolean hasNext() {
    return position < size;
  }

  void advance() {
    position++;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      index[axis]++;
      if (index[axis] < dims[axis]) {
        step(axis, 1);
        return;
      }
      step(axis, 1 - dims[axis]);
      index[axis] = 0;
    }
  }

  private void step(int axis, int count) {
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] += count * strides[k][axis];
    }
  }

  /** How many indices came before: the offset in a dense array of the shape. */
  int position() {
    return position;
  }

  /** The offset in array {@code k}. */
  int at(int k) {
    return offsets[k];
  }

  /** The index on one axis. */
  int index(int axis) {
    return index[axis];
  }

  /** Strides of a dense array. */
  static int[] strides(Shape shape) {
    int[] s = new int[shape.rank()];
    int stride = 1;
    for (int i = s.length - 1; i >= 0; i--) {
      s[i] = stride;
      stride *= shape.dim(i);
    }
    return s;
  }

  /** Strides that read an array of one shape as if it had the other, to which it broadcasts. */
  static int[] strides(Shape from, Shape to) {
    int[] dense = strides(from);
    int[] s = new int[to.rank()];
    int skipped = to.rank() - from.rank();
    for (int i = 0; i < dense.length; i++) {
      s[skipped + i] = from.dim(i) == 1 ? 0 : dense[i];
    }
    return s;
  }
}
