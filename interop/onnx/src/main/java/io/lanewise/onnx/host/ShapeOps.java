package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that read a shape or give the same elements another one. */
final class ShapeOps {
  private ShapeOps() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Identity", call -> List.of(call.input(0)));
    table.add("Shape", ShapeOps::shapeOf);
    table.add("Size", call -> List.of(TypedTensor.scalar(call.input(0).size())));
    table.add("Reshape", call -> List.of(call.input(0).reshape(reshaped(call))));
    table.add("Flatten", call -> List.of(call.input(0).reshape(flattened(call))));
    table.add("Squeeze", call -> List.of(call.input(0).reshape(squeezed(call))));
    table.add("Unsqueeze", call -> List.of(call.input(0).reshape(unsqueezed(call))));
  }

  private static List<TypedTensor> shapeOf(HostCall call) {
    Shape shape = call.input(0).shape();
    int rank = shape.rank();
    int start = bound(call.node().intOr("start", 0), rank);
    int end = bound(call.node().intOr("end", rank), rank);
    long[] dims = Arrays.stream(shape.toArray()).asLongStream().toArray();
    return List.of(TypedTensor.vector(Arrays.copyOfRange(dims, start, Math.max(start, end))));
  }

  private static int bound(long axis, int rank) {
    return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
  }

  /** A 0 keeps the input's size unless {@code allowzero}, one -1 takes what is left. */
  private static Shape reshaped(HostCall call) {
    TypedTensor x = call.input(0);
    long[] dims = call.longs(1, "shape").orElseThrow(() -> call.wrong("expected a shape")).clone();
    boolean allowZero = call.node().intOr("allowzero", 0) != 0;
    int inferred = -1;
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 0 && !allowZero) {
        if (i >= x.shape().rank()) {
          throw call.wrong("size %d should be kept, but the input is %s", i, x);
        }
        dims[i] = x.shape().dim(i);
      }
      if (dims[i] == -1) {
        if (inferred >= 0) {
          throw call.wrong("at most one size can be -1, got %s", Arrays.toString(dims));
        }
        inferred = i;
      } else {
        known = Math.multiplyExact(known, dims[i]);
      }
    }
    if (inferred >= 0) {
      if (known <= 0 || x.size() % known != 0) {
        throw call.wrong("cannot reshape %s to %s", x, Arrays.toString(dims));
      }
      dims[inferred] = x.size() / known;
    }
    return call.shape(dims);
  }

  private static Shape flattened(HostCall call) {
    Shape x = call.input(0).shape();
    long given = call.node().intOr("axis", 1);
    int axis = given == x.rank() ? x.rank() : call.axisOf(given, x.rank());
    return Shape.of(Elements.count(x, 0, axis), Elements.count(x, axis, x.rank()));
  }

  private static Shape squeezed(HostCall call) {
    Shape x = call.input(0).shape();
    boolean[] drop = new boolean[x.rank()];
    long[] axes = call.longs(1, "axes").orElse(null);
    if (axes == null) {
      for (int i = 0; i < drop.length; i++) {
        drop[i] = x.dim(i) == 1;
      }
    } else {
      for (long a : axes) {
        int axis = call.axisOf(a, x.rank());
        if (x.dim(axis) != 1) {
          throw call.wrong("axis %d of %s is not of size 1", a, x);
        }
        drop[axis] = true;
      }
    }
    return Shape.of(IntStream.range(0, x.rank()).filter(i -> !drop[i]).map(x::dim).toArray());
  }

  private static Shape unsqueezed(HostCall call) {
    Shape x = call.input(0).shape();
    long[] axes = call.longs(1, "axes").orElseThrow(() -> call.wrong("expected axes"));
    int rank = x.rank() + axes.length;
    boolean[] added = new boolean[rank];
    for (long a : axes) {
      int axis = call.axisOf(a, rank);
      if (added[axis]) {
        throw call.wrong("axis %d is given twice", a);
      }
      added[axis] = true;
    }
    int[] dims = new int[rank];
    int from = 0;
    for (int i = 0; i < rank; i++) {
      dims[i] = added[i] ? 1 : x.dim(from++);
    }
    return Shape.of(dims);
  }
}
