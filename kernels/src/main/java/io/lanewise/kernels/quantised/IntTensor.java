package io.lanewise.kernels.quantised;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;

/**
 * A shape, a layout and a window onto a {@code int[]}: sums of products, and biases. Dense and in
 * the order of {@link io.lanewise.kernels.tensor.Tensor}; owns nothing but references.
 */
public final class IntTensor {
  private final Shape shape;
  private final Layout layout;
  private final int[] array;
  private final int offset;

  private IntTensor(Shape shape, Layout layout, int[] array, int offset) {
    this.shape = shape;
    this.layout = layout;
    this.array = array;
    this.offset = offset;
  }

  /** A new tensor full of zeros, channels first. */
  public static IntTensor zeros(Shape shape) {
    return zeros(shape, Layout.CHANNELS_FIRST);
  }

  /** A new tensor full of zeros. */
  public static IntTensor zeros(Shape shape, Layout layout) {
    return wrap(shape, layout, new int[shape.size()], 0);
  }

  /**
   * A tensor over all of {@code values}, which are not copied, channels first.
   *
   * @throws IllegalArgumentException if the number of values is not the shape's size
   */
  public static IntTensor of(Shape shape, int... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs " + shape.size() + " values, got " + values.length);
    }
    return new IntTensor(shape, Layout.CHANNELS_FIRST, values, 0);
  }

  /**
   * A window of {@code shape.size()} elements of {@code array}, which is not copied.
   *
   * @param offset index of the first element in {@code array}
   * @throws IllegalArgumentException if the window does not lie inside the array, or if {@code
   *     layout} is channels last and the shape has no channels
   */
  public static IntTensor wrap(Shape shape, Layout layout, int[] array, int offset) {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(layout, "layout");
    if (layout == Layout.CHANNELS_LAST && shape.rank() < 2) {
      throw new IllegalArgumentException("shape " + shape + " has no channels to be last");
    }
    if (offset < 0 || (long) offset + shape.size() > array.length) {
      throw new IllegalArgumentException(
          "window of %d elements at offset %d does not lie inside an array of %d"
              .formatted(shape.size(), offset, array.length));
    }
    return new IntTensor(shape, layout, array, offset);
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The order of the elements in {@link #array()}. */
  public Layout layout() {
    return layout;
  }

  /** The array behind this tensor, shared; elements start at {@link #offset()}. */
  public int[] array() {
    return array;
  }

  /** Index of the first element in {@link #array()}. */
  public int offset() {
    return offset;
  }

  /** Number of elements. */
  public int size() {
    return shape.size();
  }

  /** The elements, copied, in the order in which they are stored. */
  public int[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + size());
  }

  /** True if both windows share an element. */
  @SuppressWarnings("ReferenceEquality") // one array, not equal ones
  public boolean overlaps(IntTensor other) {
    return array == other.array
        && size() > 0
        && other.size() > 0
        && offset < other.offset + other.size()
        && other.offset < offset + size();
  }

  /**
   * Checks an argument of an operation.
   *
   * @throws IllegalArgumentException naming the argument, what was expected and what came
   */
  public static void requireShape(IntTensor t, Shape expected, Layout order, String name) {
    Objects.requireNonNull(t, name);
    if (!t.shape.equals(expected)) {
      throw new IllegalArgumentException(
          name + " must have shape " + expected + ", got " + t.shape);
    }
    if (t.layout != order) {
      throw new IllegalArgumentException(
          name + " must have layout " + order + ", got " + t.layout + " of shape " + t.shape);
    }
  }

  /**
   * Checks an argument that is a vector.
   *
   * @throws IllegalArgumentException as {@link #requireShape}
   */
  public static void requireVector(IntTensor t, int n, String name) {
    Objects.requireNonNull(t, name);
    if (t.shape.rank() != 1 || t.size() != n) {
      requireShape(t, Shape.of(n), Layout.CHANNELS_FIRST, name); // a shape only for the message
    }
  }

  /**
   * Checks that an output shares no element with an input.
   *
   * @throws IllegalArgumentException naming both arguments
   */
  public static void requireDisjoint(IntTensor out, String outName, IntTensor in, String inName) {
    if (out.overlaps(in)) {
      throw new IllegalArgumentException(outName + " must not share elements with " + inName);
    }
  }

  /** Layout and shape. */
  @Override
  public String toString() {
    return "IntTensor" + shape + (layout == Layout.CHANNELS_LAST ? " channels last" : "");
  }
}
