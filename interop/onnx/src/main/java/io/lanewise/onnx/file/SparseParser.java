package io.lanewise.onnx.file;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.file.TensorParser.Named;
import java.util.ArrayList;
import java.util.List;

/** Reads SparseTensorProto as a dense tensor. */
final class SparseParser {
  private static final int REFERENCE_BYTES = 8;

  private final TensorParser tensors;

  SparseParser(TensorParser tensors) {
    this.tensors = tensors;
  }

  /** The name is that of the values. */
  Named parse(WireReader in) {
    Named values = null;
    Named indices = null;
    List<Long> dims = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          values = tensors.parse(in.message("values"));
          in.place().name(values.name());
        }
        case 2 -> indices = tensors.parse(in.message("indices"));
        case 3 -> TensorHead.dims(in, dims);
        default -> in.skip();
      }
    }
    if (values == null || indices == null) {
      throw in.error("expected values and indices of a sparse tensor, got not both");
    }
    Shape shape = TensorParser.shape(dims, in);
    return new Named(values.name(), dense(values.tensor(), indices.tensor(), shape, in));
  }

  /**
   * Scatters the values.
   *
   * @param values [count]
   * @param indices int64 [count], in row-major order, or [count][rank]
   */
  private static TypedTensor dense(
      TypedTensor values, TypedTensor indices, Shape shape, WireReader in) {
    int count = values.size();
    boolean byAxis = indices.shape().rank() == 2;
    Shape expected = byAxis ? Shape.of(count, shape.rank()) : Shape.of(count);
    if (values.shape().rank() != 1
        || indices.type() != ElementType.INT64
        || !indices.shape().equals(expected)) {
      throw in.error(
          "expected values of shape [n] and indices of int64 of shape [n] or [n, %d], got %s and %s",
          shape.rank(), values, indices);
    }
    int elementBytes =
        values.type() == ElementType.STRING
            ? REFERENCE_BYTES
            : values.type().isFloating()
                ? Math.max(values.type().bytes(), Float.BYTES)
                : values.type().bytes();
    in.budget().takeSparse((long) shape.size() * elementBytes, in);
    TypedTensor dense = TypedTensor.zeros(values.type(), shape);
    long before = -1;
    for (int i = 0; i < count; i++) {
      long to = byAxis ? linear(indices.longs(), i, shape, in) : indices.longs()[i];
      if (to <= before || to >= shape.size()) {
        throw in.error(
            "expected indices in rising order below %d, got %d after %d", shape.size(), to, before);
      }
      dense.copyElement((int) to, values, i);
      before = to;
    }
    return dense;
  }

  private static long linear(long[] indices, int row, Shape shape, WireReader in) {
    long to = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long index = indices[row * shape.rank() + axis];
      if (index < 0 || index >= shape.dim(axis)) {
        throw in.error(
            "expected an index from 0 to %d in dimension %d, got %d",
            shape.dim(axis) - 1, axis, index);
      }
      to = to * shape.dim(axis) + index;
    }
    return to;
  }
}
