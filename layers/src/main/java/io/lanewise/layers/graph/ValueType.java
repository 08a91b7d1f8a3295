package io.lanewise.layers.graph;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import java.util.Objects;

/**
 * What a value holds.
 *
 * @param type of the elements; kernels compute {@link ElementType#FLOAT}, all others are for
 *     indices, masks and host operations
 * @param shape channels after the batch, whatever the order in memory
 */
public record ValueType(ElementType type, Shape shape) {
  /** Checks that nothing is missing. */
  public ValueType {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(shape, "shape");
  }

  /** Floats of a shape. */
  public static ValueType floats(Shape shape) {
    return new ValueType(ElementType.FLOAT, shape);
  }

  /** Floats of a shape. */
  public static ValueType floats(int... dims) {
    return floats(Shape.of(dims));
  }

  /** 64-bit integers of a shape. */
  public static ValueType longs(Shape shape) {
    return new ValueType(ElementType.INT64, shape);
  }

  /** True if kernels can compute with it. */
  public boolean isFloat() {
    return type == ElementType.FLOAT;
  }

  /** For example {@code float[1, 3, 224, 224]}. */
  @Override
  public String toString() {
    return type.toString() + shape;
  }
}
