package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Concat and Split. */
final class JoinOps {
  private JoinOps() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Concat", call -> List.of(concat(call.inputs(), axis(call))));
    table.add("Split", JoinOps::split);
  }

  private static int axis(HostCall call) {
    int rank = call.input(0).shape().rank();
    for (int i = 0; i < call.inputs().size(); i++) {
      TypedTensor x = call.ranked(i, rank);
      if (x.type() != call.input(0).type()) {
        throw call.wrong("inputs should be of one type, got %s and %s", call.input(0), x);
      }
    }
    if (call.opset() >= 4 && !call.node().has("axis")) {
      throw call.wrong("expected attribute 'axis'");
    }
    return call.axis(1, rank);
  }

  /** Tensors of one type one after the other on an axis. */
  static TypedTensor concat(List<TypedTensor> parts, int axis) {
    TypedTensor first = parts.getFirst();
    int[] dims = first.shape().toArray();
    dims[axis] = parts.stream().mapToInt(p -> p.shape().dim(axis)).reduce(0, Math::addExact);
    for (TypedTensor p : parts) {
      int[] others = p.shape().toArray();
      others[axis] = dims[axis];
      if (!Arrays.equals(others, dims)) {
        throw new IllegalArgumentException(
            "%s and %s differ on other axes than %d".formatted(first, p, axis));
      }
    }
    TypedTensor y = TypedTensor.zeros(first.type(), Shape.of(dims));
    int outer = Elements.count(y.shape(), 0, axis);
    int row = Elements.count(y.shape(), axis, dims.length);
    int at = 0;
    for (TypedTensor p : parts) {
      int length = Elements.count(p.shape(), axis, dims.length);
      for (int o = 0; o < outer; o++) {
        Strided.copy(p, o * length, y, o * row + at, length);
      }
      at += length;
    }
    return y;
  }

  private static List<TypedTensor> split(HostCall call) {
    TypedTensor x = call.input(0);
    int axis = call.axis(0, x.shape().rank());
    int size = x.shape().dim(axis);
    long[] lengths = call.longs(1, "split").orElseGet(() -> equalParts(call, size));
    if (Arrays.stream(lengths).sum() != size || Arrays.stream(lengths).anyMatch(l -> l < 0)) {
      throw call.wrong(
          "lengths %s do not make up axis %d of %s", Arrays.toString(lengths), axis, x);
    }
    return parts(x, axis, lengths);
  }

  /** Of equal length; what the last one lacks since version 18, no version before allowed. */
  private static long[] equalParts(HostCall call, int size) {
    int count = (int) call.node().intOr("num_outputs", call.node().outputs().size());
    if (count < 1 || count > call.node().outputs().size()) {
      throw call.wrong("%d parts of %d outputs", count, call.node().outputs().size());
    }
    long length = Math.ceilDiv(size, count);
    if (call.opset() < 18 && length * count != size) {
      throw call.wrong("%d elements are no %d equal parts", size, count);
    }
    long[] lengths = new long[count];
    for (int i = 0; i < count; i++) {
      lengths[i] = Math.clamp(size - i * length, 0, length);
    }
    return lengths;
  }

  /** Pieces of an axis; lengths make up its size. */
  static List<TypedTensor> parts(TypedTensor x, int axis, long[] lengths) {
    int[] strides = IndexWalk.strides(x.shape());
    List<TypedTensor> parts = new ArrayList<>();
    int at = 0;
    for (long length : lengths) {
      int[] dims = x.shape().toArray();
      dims[axis] = (int) length;
      parts.add(Strided.copy(x, Shape.of(dims), strides, at * strides[axis]));
      at += (int) length;
    }
    return parts;
  }
}
