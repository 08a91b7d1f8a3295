package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.ElementType;
import java.util.Arrays;
import java.util.List;

/** Checks of what operations are given, and small helpers for their parameters. */
final class Types {
  private Types() {}

  static void requireCount(List<ValueType> inputs, int least, int most) {
    if (inputs.size() < least || inputs.size() > most) {
      throw new IllegalArgumentException(
          "takes "
              + (least == most ? least : least + " to " + most)
              + " inputs, got "
              + inputs.size());
    }
  }

  static void requireFloat(List<ValueType> inputs, int i, String name) {
    if (!inputs.get(i).isFloat()) {
      throw new IllegalArgumentException(name + " must be of float, got " + inputs.get(i));
    }
  }

  static Shape requireFloats(List<ValueType> inputs, int count) {
    requireCount(inputs, count, count);
    for (int i = 0; i < count; i++) {
      requireFloat(inputs, i, "input " + i);
    }
    return inputs.get(0).shape();
  }

  static void requireShape(List<ValueType> inputs, int i, Shape expected, String name) {
    requireFloat(inputs, i, name);
    if (!inputs.get(i).shape().equals(expected)) {
      throw new IllegalArgumentException(
          name + " must have shape " + expected + ", got " + inputs.get(i).shape());
    }
  }

  static Shape requireIndices(List<ValueType> inputs, int i) {
    ElementType type = inputs.get(i).type();
    if (type != ElementType.INT32 && type != ElementType.INT64) {
      throw new IllegalArgumentException("indices must be of int32 or int64, got " + inputs.get(i));
    }
    return inputs.get(i).shape();
  }

  static List<Integer> list(int... values) {
    return Arrays.stream(values).boxed().toList();
  }

  static int[] array(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The axis from the front. */
  static int axis(Shape shape, int axis) {
    int rank = shape.rank();
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          "the axis must be in [" + -rank + ", " + rank + ") of shape " + shape + ", got " + axis);
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** A shape as its elements lie in memory when channels are last. */
  static Shape stored(Shape shape) {
    int[] dims = shape.toArray();
    int channels = dims[1];
    System.arraycopy(dims, 2, dims, 1, dims.length - 2);
    dims[dims.length - 1] = channels;
    return Shape.of(dims);
  }

  /** Where an axis of a shape lies in {@link #stored}. */
  static int storedAxis(int axis, int rank) {
    return axis < 1 ? axis : axis == 1 ? rank - 1 : axis - 1;
  }
}
