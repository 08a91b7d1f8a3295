package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** Elements as plain arrays, and back. */
final class Elements {
  private Elements() {}

  /** All elements, as integers. */
  static long[] longs(TypedTensor t) {
    long[] values = new long[t.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = t.longAt(i);
    }
    return values;
  }

  /** All elements, widened. */
  static double[] doubles(TypedTensor t) {
    if (t.type() == ElementType.DOUBLE) {
      return t.doubles();
    }
    double[] values = new double[t.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = t.doubleAt(i);
    }
    return values;
  }

  /** A tensor of rounded values. */
  static TypedTensor of(ElementType type, Shape shape, double[] values) {
    if (type == ElementType.DOUBLE) {
      return TypedTensor.of(type, shape, values);
    }
    TypedTensor t = TypedTensor.zeros(type, shape);
    for (int i = 0; i < values.length; i++) {
      t.setDouble(i, values[i]);
    }
    return t;
  }

  /** A tensor of integers, or of the integers rounded to floating point. */
  static TypedTensor of(ElementType type, Shape shape, long[] values) {
    TypedTensor t = TypedTensor.zeros(type, shape);
    for (int i = 0; i < values.length; i++) {
      t.setLong(i, values[i]);
    }
    return t;
  }

  /** One output. */
  static List<TypedTensor> one(ElementType type, Shape shape, double[] values) {
    return List.of(of(type, shape, values));
  }

  /** Of the same type. */
  static TypedTensor scalar(ElementType type, double value) {
    TypedTensor t = TypedTensor.zeros(type, Shape.of());
    t.setDouble(0, value);
    return t;
  }

  /** The same values in another type of numbers. */
  static TypedTensor as(ElementType type, TypedTensor t) {
    return t.type() == type ? t : Casts.cast(t, type);
  }

  /**
   * Sizes multiplied, from axis {@code first} to before {@code end}; fits, as the tensor's does.
   */
  static int count(Shape shape, int first, int end) {
    long n = 1;
    for (int i = first; i < end; i++) {
      n *= shape.dim(i);
    }
    return Math.toIntExact(n);
  }
}
