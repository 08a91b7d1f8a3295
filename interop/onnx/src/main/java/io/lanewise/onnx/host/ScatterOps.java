package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** Scatter, ScatterElements, ScatterND, OneHot. */
final class ScatterOps {
  private ScatterOps() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("", "Scatter", 9, 10, ScatterOps::scatterElements);
    table.add("ScatterElements", 11, ScatterOps::scatterElements);
    table.add("ScatterND", 11, ScatterOps::scatterNd);
    table.add("OneHot", 9, ScatterOps::oneHot);
  }

  /** y[i, indices[i, j, k], k] takes updates[i, j, k] where the axis is 1. */
  private static List<TypedTensor> scatterElements(HostCall call) {
    TypedTensor y = copy(call.input(0));
    int rank = y.shape().rank();
    int axis = call.axis(0, rank);
    TypedTensor indices = call.ranked(1, rank);
    TypedTensor updates = call.input(2);
    if (!updates.shape().equals(indices.shape()) || updates.type() != y.type()) {
      throw call.wrong("updates should be %s%s, got %s", y.type(), indices.shape(), updates);
    }
    GatherOps.requireWithin(call, indices.shape(), y.shape(), axis);
    Binary.Arithmetic reduction = reduction(call);
    int[] strides = IndexWalk.strides(y.shape());
    int stride = strides[axis];
    strides[axis] = 0;
    for (IndexWalk w = new IndexWalk(indices.shape(), strides); w.hasNext(); w.advance()) {
      int i = GatherOps.index(call, indices.longAt(w.position()), y.shape().dim(axis));
      update(y, w.at(0) + i * stride, updates, w.position(), reduction);
    }
    return List.of(y);
  }

  private static List<TypedTensor> scatterNd(HostCall call) {
    TypedTensor y = copy(call.input(0));
    TypedTensor updates = call.input(2);
    GatherOps.Pieces pieces = GatherOps.Pieces.of(call, y.shape(), call.input(1), 0);
    int length = pieces.shape().size();
    if (updates.size() != (long) length * pieces.starts().length || updates.type() != y.type()) {
      throw call.wrong(
          "expected %d pieces of %s%s, got %s",
          pieces.starts().length, y.type(), pieces.shape(), updates);
    }
    Binary.Arithmetic reduction = reduction(call);
    for (int i = 0; i < pieces.starts().length; i++) {
      for (int e = 0; e < length; e++) {
        update(y, pieces.starts()[i] + e, updates, i * length + e, reduction);
      }
    }
    return List.of(y);
  }

  /** Null to overwrite. */
  private static Binary.Arithmetic reduction(HostCall call) {
    String name = call.node().textOr("reduction", "none");
    return switch (name) {
      case "none" -> null;
      case "add" -> Binary.ADD;
      case "mul" -> Binary.MULTIPLY;
      case "max" -> Binary.MAX;
      case "min" -> Binary.MIN;
      default -> throw call.wrong("unknown reduction '%s'", name);
    };
  }

  private static void update(
      TypedTensor y, int to, TypedTensor updates, int from, Binary.Arithmetic reduction) {
    if (reduction == null) {
      y.copyElement(to, updates, from);
    } else if (y.type().isFloating()) {
      y.setDouble(to, reduction.floating().applyAsDouble(y.doubleAt(to), updates.doubleAt(from)));
    } else {
      boolean wide = y.type() == ElementType.UINT64;
      y.setLong(
          to,
          (wide ? reduction.unsigned64() : reduction.integer())
              .applyAsLong(y.longAt(to), updates.longAt(from)));
    }
  }

  private static TypedTensor copy(TypedTensor x) {
    TypedTensor y = TypedTensor.zeros(x.type(), x.shape());
    Strided.copy(x, 0, y, 0, x.size());
    return y;
  }

  /** An index outside the depth gives no hot element. */
  private static List<TypedTensor> oneHot(HostCall call) {
    TypedTensor indices = call.input(0);
    long depth = call.integer(1, 0);
    TypedTensor values = call.ranked(2, 1);
    if (values.size() != 2 || depth < 1) {
      throw call.wrong("expected off and on value and a depth of at least 1, got depth %d", depth);
    }
    int rank = indices.shape().rank() + 1;
    int axis = call.axis(-1, rank);
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = i == axis ? depth : indices.shape().dim(i < axis ? i : i - 1);
    }
    Shape shape = call.shape(dims);
    TypedTensor y = TypedTensor.zeros(values.type(), shape);
    int inner = Elements.count(shape, axis + 1, rank);
    for (int i = 0; i < y.size(); i++) {
      int hot = i / inner % (int) depth;
      long index = indices.longAt(i / inner / (int) depth * inner + i % inner);
      y.copyElement(i, values, (index < 0 ? index + depth : index) == hot ? 1 : 0);
    }
    return List.of(y);
  }
}
