package io.lanewise.kernels.tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * A shape and a window onto a {@code float[]}; dense, row-major (the last dimension varies
 * fastest), images as [n][c][h][w]. It owns nothing but references: nothing to close, and several
 * tensors may view one array. No arithmetic lives here.
 */
public final class Tensor {
  private final Shape shape;
  private final float[] array;
  private final int offset;

  private Tensor(Shape shape, float[] array, int offset) {
    this.shape = shape;
    this.array = array;
    this.offset = offset;
  }

  /** A new tensor full of zeros. */
  public static Tensor zeros(Shape shape) {
    return new Tensor(shape, new float[shape.size()], 0);
  }

  /** A new tensor full of zeros, of shape {@code dims}. */
  public static Tensor zeros(int... dims) {
    return zeros(Shape.of(dims));
  }

  /**
   * A tensor over all of {@code values}, which are not copied.
   *
   * @throws IllegalArgumentException if the number of values is not the shape's size
   */
  public static Tensor of(Shape shape, float... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs " + shape.size() + " values, got " + values.length);
    }
    return new Tensor(shape, values, 0);
  }

  /**
   * A window of {@code shape.size()} elements of {@code array}, which is not copied.
   *
   * @param offset index of the first element in {@code array}
   * @throws IllegalArgumentException if the window does not lie inside the array
   */
  public static Tensor wrap(Shape shape, float[] array, int offset) {
    Objects.requireNonNull(shape, "shape");
    if (offset < 0 || (long) offset + shape.size() > array.length) {
      throw new IllegalArgumentException(
          "window of "
              + shape.size()
              + " elements at offset "
              + offset
              + " does not lie inside an array of "
              + array.length);
    }
    return new Tensor(shape, array, offset);
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The array behind this tensor, shared, not copied; elements start at {@link #offset()}. */
  public float[] array() {
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

  /** The element at {@code index}, one number a dimension. */
  public float get(int... index) {
    return array[position(index)];
  }

  /** Sets the element at {@code index}, one number a dimension. */
  public void set(float value, int... index) {
    array[position(index)] = value;
  }

  private int position(int[] index) {
    if (index.length != shape.rank()) {
      throw new IllegalArgumentException(
          "index " + Arrays.toString(index) + " does not fit shape " + shape);
    }
    int p = 0;
    for (int i = 0; i < index.length; i++) {
      if (index[i] < 0 || index[i] >= shape.dim(i)) {
        throw new IndexOutOfBoundsException(
            "index " + Arrays.toString(index) + " is outside shape " + shape);
      }
      p = p * shape.dim(i) + index[i];
    }
    return offset + p;
  }

  /** Sets every element; returns this. */
  public Tensor fill(float value) {
    Arrays.fill(array, offset, offset + size(), value);
    return this;
  }

  /** The same elements under another shape of the same size; a view. */
  public Tensor reshape(Shape other) {
    if (other.size() != size()) {
      throw new IllegalArgumentException("cannot reshape " + shape + " to " + other);
    }
    return new Tensor(other, array, offset);
  }

  /** The same elements under another shape of the same size; a view. */
  public Tensor reshape(int... dims) {
    return reshape(Shape.of(dims));
  }

  /** Entries {@code from} (inclusive) to {@code to} (exclusive) of the first dimension; a view. */
  public Tensor slice(int from, int to) {
    int n = shape.dim(0);
    if (from < 0 || from > to || to > n) {
      throw new IllegalArgumentException(
          "slice [" + from + ", " + to + ") is outside the first dimension of " + shape);
    }
    int step = n == 0 ? 0 : size() / n;
    return new Tensor(shape.withFirst(to - from), array, offset + from * step);
  }

  /** A copy with an array of its own. */
  public Tensor copy() {
    return new Tensor(shape, toArray(), 0);
  }

  /**
   * Copies the elements of {@code src} here; shapes must agree.
   *
   * @return this
   */
  public Tensor copyFrom(Tensor src) {
    requireShape(src, shape, "src");
    System.arraycopy(src.array, src.offset, array, offset, size());
    return this;
  }

  /** The elements, copied, in row-major order. */
  public float[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + size());
  }

  /** True if both windows share an element. */
  @SuppressWarnings("ReferenceEquality") // one array, not equal ones
  public boolean overlaps(Tensor other) {
    return array == other.array
        && size() > 0
        && other.size() > 0
        && offset < other.offset + other.size()
        && other.offset < offset + size();
  }

  /** True if the shapes agree and every element has the same bits, down to those of a NaN. */
  public boolean sameBits(Tensor other) {
    if (!shape.equals(other.shape)) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (Float.floatToRawIntBits(array[offset + i])
          != Float.floatToRawIntBits(other.array[other.offset + i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks an argument of an operation.
   *
   * @param t the tensor that came
   * @param expected the shape that it must have
   * @param name the argument's name, for the message
   * @throws IllegalArgumentException naming the argument, the shape expected and the shape that
   *     came
   */
  public static void requireShape(Tensor t, Shape expected, String name) {
    Objects.requireNonNull(t, name);
    if (!t.shape.equals(expected)) {
      throw new IllegalArgumentException(
          name + " must have shape " + expected + ", got " + t.shape);
    }
  }

  /**
   * Checks an argument that is a vector.
   *
   * @throws IllegalArgumentException as {@link #requireShape}
   */
  public static void requireVector(Tensor t, int n, String name) {
    Objects.requireNonNull(t, name);
    if (t.shape.rank() != 1 || t.size() != n) {
      requireShape(t, Shape.of(n), name); // a shape only for the message
    }
  }

  /**
   * Checks that an operation's output shares no element with an input.
   *
   * @throws IllegalArgumentException naming both arguments
   */
  public static void requireDisjoint(Tensor out, String outName, Tensor in, String inName) {
    if (out.overlaps(in)) {
      throw new IllegalArgumentException(outName + " must not share elements with " + inName);
    }
  }

  /**
   * Checks that an elementwise operation's output is its input or shares no element with it.
   *
   * @throws IllegalArgumentException naming both arguments
   */
  public static void requireSameOrDisjoint(Tensor out, String outName, Tensor in, String inName) {
    if (out.offset != in.offset && out.overlaps(in)) {
      throw new IllegalArgumentException(
          outName + " must be " + inName + " itself or share no elements with it");
    }
  }

  /** Shape and the first few elements. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("Tensor").append(shape).append(" {");
    int shown = Math.min(size(), 8);
    for (int i = 0; i < shown; i++) {
      s.append(i == 0 ? "" : ", ").append(array[offset + i]);
    }
    return s.append(shown < size() ? ", ...}" : "}").toString();
  }
}
