package io.lanewise.onnx.lower;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Other shapes of the same elements, whatever their type. */
final class ViewLowerings {
  private ViewLowerings() {}

  static void addTo(Lowerings.Builder table) {
    table.any("Reshape", ViewLowerings::reshape);
    table.any("Flatten", ViewLowerings::flatten);
    table.any("Squeeze", ViewLowerings::squeeze);
    table.any("Unsqueeze", ViewLowerings::unsqueeze);
  }

  private static List<Value> view(LoweringCall call, long... dims) {
    return call.only(GraphOps.reshape(call.shapeOf(dims)), call.input(0));
  }

  /** 0 is the input's size there, unless {@code allowzero}; one -1 is what is left. */
  private static List<Value> reshape(LoweringCall call) {
    Shape x = call.shape(0);
    long[] dims =
        call.longs(1, "shape").orElseThrow(() -> call.wrong("the new shape is missing")).clone();
    boolean zeros = call.node().intOr("allowzero", 0) != 0;
    int open = -1;
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 0 && !zeros) {
        if (i >= x.rank()) {
          throw call.wrong("size %d of %s is kept, but there is none", i, x);
        }
        dims[i] = x.dim(i);
      }
      if (dims[i] == -1 && open < 0) {
        open = i;
      } else if (dims[i] < 0) {
        throw call.wrong("cannot reshape %s to %s", x, Arrays.toString(dims));
      } else {
        known = Math.multiplyExact(known, dims[i]);
      }
    }
    if (open >= 0) {
      dims[open] = known == 0 ? 0 : x.size() / known;
    }
    Shape y = call.shapeOf(dims);
    if (y.size() != x.size()) {
      throw call.wrong("cannot reshape %s to %s", x, y);
    }
    return view(call, dims);
  }

  private static List<Value> flatten(LoweringCall call) {
    Shape x = call.shape(0);
    long given = call.node().intOr("axis", 1);
    long axis = given < 0 ? given + x.rank() : given;
    if (axis < 0 || axis > x.rank()) {
      throw call.wrong("axis should be from %d to %d, got %d", -x.rank(), x.rank(), given);
    }
    long rows = product(x, 0, (int) axis);
    return view(call, rows, product(x, (int) axis, x.rank()));
  }

  private static long product(Shape x, int from, int to) {
    return IntStream.range(from, to).mapToLong(x::dim).reduce(1, (a, b) -> a * b);
  }

  private static List<Value> squeeze(LoweringCall call) {
    Shape x = call.shape(0);
    long[] given = call.longs(1, "axes").orElse(null);
    boolean[] dropped = new boolean[x.rank()];
    if (given == null) {
      IntStream.range(0, x.rank()).forEach(i -> dropped[i] = x.dim(i) == 1);
    } else {
      for (int axis : call.axes(given, x.rank())) {
        if (x.dim(axis) != 1) {
          throw call.wrong("axis %d of %s is not of size 1", axis, x);
        }
        dropped[axis] = true;
      }
    }
    return view(
        call, IntStream.range(0, x.rank()).filter(i -> !dropped[i]).mapToLong(x::dim).toArray());
  }

  private static List<Value> unsqueeze(LoweringCall call) {
    Shape x = call.shape(0);
    long[] given = call.longs(1, "axes").orElseThrow(() -> call.wrong("axes are missing"));
    int rank = x.rank() + given.length;
    long[] dims = new long[rank];
    Arrays.fill(dims, -1);
    for (int axis : call.axes(given, rank)) {
      if (dims[axis] == 1) {
        throw call.wrong("axis %d is given twice", axis);
      }
      dims[axis] = 1;
    }
    int next = 0;
    for (int i = 0; i < rank; i++) {
      dims[i] = dims[i] == 1 ? 1 : x.dim(next++);
    }
    return view(call, dims);
  }
}
