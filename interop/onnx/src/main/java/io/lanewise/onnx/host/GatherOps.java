package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;

/** Gather, GatherElements, GatherND. */
final class GatherOps {
  private GatherOps() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Gather", GatherOps::gather);
    table.add("GatherElements", 11, GatherOps::gatherElements);
    table.add("GatherND", 11, GatherOps::gatherNd);
  }

  /** An index counted from the front. */
  static int index(HostCall call, long index, int size) {
    if (index < -size || index >= size) {
      throw call.wrong("index %d is outside an axis of size %d", index, size);
    }
    return (int) (index < 0 ? index + size : index);
  }

  /** y[outer..., indices..., inner...] = x[outer..., index, inner...]. */
  private static List<TypedTensor> gather(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    int axis = call.axis(0, rank);
    int size = x.shape().dim(axis);
    int[] indices = Arrays.stream(call.longs(1)).mapToInt(i -> index(call, i, size)).toArray();
    TypedTensor y = SliceOps.take(x, axis, indices);
    int[] dims = x.shape().toArray();
    int[] given = call.input(1).shape().toArray();
    int[] shape = new int[rank - 1 + given.length];
    System.arraycopy(dims, 0, shape, 0, axis);
    System.arraycopy(given, 0, shape, axis, given.length);
    System.arraycopy(dims, axis + 1, shape, axis + given.length, rank - 1 - axis);
    return List.of(y.reshape(Shape.of(shape)));
  }

  /** y[i, j, k] = x[i, indices[i, j, k], k] where the axis is 1. */
  private static List<TypedTensor> gatherElements(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    int axis = call.axis(0, rank);
    TypedTensor indices = call.ranked(1, rank);
    int[] strides = IndexWalk.strides(x.shape());
    int stride = strides[axis];
    strides[axis] = 0;
    requireWithin(call, indices.shape(), x.shape(), axis);
    TypedTensor y = TypedTensor.zeros(x.type(), indices.shape());
    for (IndexWalk w = new IndexWalk(y.shape(), strides); w.hasNext(); w.advance()) {
      int i = index(call, indices.longAt(w.position()), x.shape().dim(axis));
      y.copyElement(w.position(), x, w.at(0) + i * stride);
    }
    return List.of(y);
  }

  /** Requires indices to lie within the data on all axes but one. */
  static void requireWithin(HostCall call, Shape indices, Shape data, int axis) {
    for (int i = 0; i < data.rank(); i++) {
      if (i != axis && indices.dim(i) > data.dim(i)) {
        throw call.wrong("indices %s reach beyond data %s on axis %d", indices, data, i);
      }
    }
  }

  /** The last axis of the indices holds the first coordinates of a piece, after batch axes. */
  private static List<TypedTensor> gatherNd(HostCall call) {
    TypedTensor x = call.input(0);
    TypedTensor indices = call.input(1);
    int batch = (int) call.node().intOr("batch_dims", 0);
    Pieces pieces = Pieces.of(call, x.shape(), indices, batch);
    int[] dims = new int[indices.shape().rank() - 1 + pieces.shape().rank()];
    System.arraycopy(indices.shape().toArray(), 0, dims, 0, indices.shape().rank() - 1);
    System.arraycopy(
        pieces.shape().toArray(), 0, dims, indices.shape().rank() - 1, pieces.shape().rank());
    TypedTensor y = TypedTensor.zeros(x.type(), Shape.of(dims));
    int length = pieces.shape().size();
    for (int i = 0; i < pieces.starts().length; i++) {
      Strided.copy(x, pieces.starts()[i], y, i * length, length);
    }
    return List.of(y);
  }

  /**
   * Parts of a tensor that begin where coordinates say.
   *
   * @param shape of each
   * @param starts offset of each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pieces(Shape shape, int[] starts) {
    static Pieces of(HostCall call, Shape x, TypedTensor indices, int batch) {
      int rank = indices.shape().rank();
      if (rank < 1 || batch < 0 || batch >= Math.min(rank, x.rank())) {
        throw call.wrong("indices %s do not fit data %s with %d batch axes", indices, x, batch);
      }
      int depth = indices.shape().dim(-1);
      if (batch + depth > x.rank()) {
        throw call.wrong("%d coordinates are too many for data %s", depth, x);
      }
      for (int i = 0; i < batch; i++) {
        if (indices.shape().dim(i) != x.dim(i)) {
          throw call.wrong("batch axes of indices %s and data %s differ", indices, x);
        }
      }
      int[] strides = IndexWalk.strides(x);
      int count = Elements.count(indices.shape(), 0, rank - 1);
      int perBatch = Elements.count(indices.shape(), batch, rank - 1);
      int batchStride = Elements.count(x, batch, x.rank());
      int[] starts = new int[count];
      for (int i = 0; i < count; i++) {
        int at = i / perBatch * batchStride;
        for (int d = 0; d < depth; d++) {
          int axis = batch + d;
          at += index(call, indices.longAt(i * depth + d), x.dim(axis)) * strides[axis];
        }
        starts[i] = at;
      }
      int[] dims = Arrays.copyOfRange(x.toArray(), batch + depth, x.rank());
      return new Pieces(Shape.of(dims), starts);
    }
  }
}
