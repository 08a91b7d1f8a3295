package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that find elements: ArgMax, ArgMin, TopK, NonZero, Unique, Hardmax. */
final class SelectOps {
  private SelectOps() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("ArgMax", call -> arg(call, 1));
    table.add("ArgMin", call -> arg(call, -1));
    table.add("TopK", SelectOps::topK);
    table.add("NonZero", 9, SelectOps::nonZero);
    table.add("Unique", 11, SelectOps::unique);
    table.add("Hardmax", SelectOps::hardmax);
  }

  /**
   * Where the best element of each row of an axis lies.
   *
   * @param sign 1 for the greatest, -1 for the least
   */
  private static int[] best(TypedTensor x, int axis, int sign, boolean last) {
    int size = x.shape().dim(axis);
    int inner = Elements.count(x.shape(), axis + 1, x.shape().rank());
    int rows = Elements.count(x.shape(), 0, axis) * inner;
    if (size == 0) {
      throw new IllegalArgumentException("axis " + axis + " of " + x + " is empty");
    }
    int[] found = new int[rows];
    for (int row = 0; row < rows; row++) {
      int start = row / inner * size * inner + row % inner;
      for (int i = 1; i < size; i++) {
        int order = sign * Binary.compare(x, start + i * inner, x, start + found[row] * inner);
        if (order > 0 || (last && order == 0)) {
          found[row] = i;
        }
      }
    }
    return found;
  }

  private static List<TypedTensor> arg(HostCall call, int sign) {
    TypedTensor x = call.input(0);
    int axis = call.axis(0, x.shape().rank());
    boolean last = call.node().intOr("select_last_index", 0) != 0;
    int[] found = best(x, axis, sign, last);
    Shape shape =
        Reductions.shape(x.shape(), new int[] {axis}, call.node().intOr("keepdims", 1) != 0);
    long[] indices = Arrays.stream(found).asLongStream().toArray();
    return List.of(Elements.of(ElementType.INT64, shape, indices));
  }

  /** Before version 13 the axis and all that follow it were one. */
  private static List<TypedTensor> hardmax(HostCall call) {
    TypedTensor given = call.input(0);
    TypedTensor x = call.opset() < 13 ? Softmaxes.flat(call) : given;
    int axis = call.opset() < 13 ? 1 : call.axis(-1, x.shape().rank());
    int[] found = best(x, axis, 1, false);
    TypedTensor y = TypedTensor.zeros(x.type(), x.shape());
    int size = x.shape().dim(axis);
    int inner = Elements.count(x.shape(), axis + 1, x.shape().rank());
    for (int row = 0; row < found.length; row++) {
      y.setLong((row / inner * size + found[row]) * inner + row % inner, 1);
    }
    return List.of(y.reshape(given.shape()));
  }

  /** Equal elements keep their order; k is an attribute before version 10. */
  private static List<TypedTensor> topK(HostCall call) {
    TypedTensor x = call.input(0);
    int axis = call.axis(-1, x.shape().rank());
    int size = x.shape().dim(axis);
    long k = call.opset() < 10 ? call.node().intOr("k", -1) : call.integer(1, -1);
    if (k < 0 || k > size) {
      throw call.wrong("k should be from 0 to %d, got %d", size, k);
    }
    int sign = call.node().intOr("largest", 1) != 0 ? -1 : 1;
    int[] dims = x.shape().toArray();
    dims[axis] = (int) k;
    TypedTensor values = TypedTensor.zeros(x.type(), Shape.of(dims));
    TypedTensor indices = TypedTensor.zeros(ElementType.INT64, Shape.of(dims));
    int inner = Elements.count(x.shape(), axis + 1, x.shape().rank());
    int rows = Elements.count(x.shape(), 0, axis) * inner;
    for (int row = 0; row < rows; row++) {
      int start = row / inner * size * inner + row % inner;
      int to = row / inner * (int) k * inner + row % inner;
      Comparator<Integer> order =
          (a, b) -> sign * Binary.compare(x, start + a * inner, x, start + b * inner);
      int[] sorted =
          IntStream.range(0, size).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
      for (int i = 0; i < k; i++) {
        values.copyElement(to + i * inner, x, start + sorted[i] * inner);
        indices.setLong(to + i * inner, sorted[i]);
      }
    }
    return List.of(values, indices);
  }

  /** One column of coordinates for each element that is not zero. */
  private static List<TypedTensor> nonZero(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    int count = (int) IntStream.range(0, x.size()).filter(x::booleanAt).count();
    long[] coordinates = new long[rank * count];
    int column = 0;
    for (IndexWalk w = new IndexWalk(x.shape()); w.hasNext(); w.advance()) {
      if (x.booleanAt(w.position())) {
        for (int axis = 0; axis < rank; axis++) {
          coordinates[axis * count + column] = w.index(axis);
        }
        column++;
      }
    }
    return List.of(Elements.of(ElementType.INT64, Shape.of(rank, count), coordinates));
  }

  /** Distinct elements, or distinct slices of an axis, with where they first are and how often. */
  private static List<TypedTensor> unique(HostCall call) {
    TypedTensor given = call.input(0);
    boolean flat = !call.node().has("axis");
    TypedTensor x = flat ? given.reshape(Shape.of(given.size())) : given;
    int axis = call.axis(0, x.shape().rank());
    int[] order = new int[x.shape().rank()];
    for (int i = 1; i < order.length; i++) {
      order[i] = i <= axis ? i - 1 : i;
    }
    order[0] = axis;
    TypedTensor slices = Strided.transpose(x, order);
    int count = x.shape().dim(axis);
    Comparator<Integer> less = (a, b) -> compareSlices(slices, a, b);
    List<Integer> firsts = new ArrayList<>();
    int[] slot = slots(count, less, firsts);
    List<Integer> kept = new ArrayList<>(firsts);
    if (call.node().intOr("sorted", 1) != 0) {
      kept.sort(less);
    } else {
      kept.sort(Comparator.naturalOrder());
    }
    long[] first = kept.stream().mapToLong(Integer::longValue).toArray();
    long[] inverse = new long[count];
    long[] counts = new long[first.length];
    for (int i = 0; i < count; i++) {
      inverse[i] = kept.indexOf(firsts.get(slot[i]));
      counts[(int) inverse[i]]++;
    }
    int[] taken = kept.stream().mapToInt(Integer::intValue).toArray();
    return List.of(
        SliceOps.take(x, axis, taken),
        TypedTensor.vector(first),
        TypedTensor.vector(inverse),
        TypedTensor.vector(counts));
  }

  /** For each slice the number of its like in {@code firsts}, the slices that come first. */
  private static int[] slots(int count, Comparator<Integer> less, List<Integer> firsts) {
    Integer[] sorted = IntStream.range(0, count).boxed().sorted(less).toArray(Integer[]::new);
    int[] slot = new int[count];
    for (int i = 0; i < count; i++) {
      if (i == 0 || less.compare(sorted[i - 1], sorted[i]) != 0) {
        firsts.add(sorted[i]);
      }
      slot[sorted[i]] = firsts.size() - 1;
    }
    return slot;
  }

  private static int compareSlices(TypedTensor slices, int a, int b) {
    int length = slices.size() / slices.shape().dim(0);
    for (int i = 0; i < length; i++) {
      int order = Binary.compare(slices, a * length + i, slices, b * length + i);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
