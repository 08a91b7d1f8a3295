package io.lanewise.kernels.tensor;

import io.lanewise.kernels.platform.CacheLine;
import java.util.Arrays;
import java.util.Objects;

/**
 * A shape, a layout and a window onto a {@code float[]}; dense, row-major (the last dimension
 * varies fastest), images as [n][c][h][w] or, {@link Layout#CHANNELS_LAST}, stored as [n][h][w][c]
 * under the same shape. It owns nothing but references: nothing to close, and several tensors may
 * view one array. No arithmetic lives here.
 */
public final class Tensor {
  private final Shape shape;
  private final Layout layout;
  private final float[] array;
  private final int offset;

  private Tensor(Shape shape, Layout layout, float[] array, int offset) {
    this.shape = shape;
    this.layout = layout;
    this.array = array;
    this.offset = offset;
  }

  /** A new tensor full of zeros. */
  public static Tensor zeros(Shape shape) {
    return zeros(shape, Layout.CHANNELS_FIRST);
  }

  /**
   * A new tensor full of zeros.
   *
   * @throws IllegalArgumentException if {@code layout} is channels last and the shape has no
   *     channels (less than two dimensions)
   */
  public static Tensor zeros(Shape shape, Layout layout) {
    return wrap(shape, layout, new float[shape.size()], 0);
  }

  /**
   * A new tensor full of zeros, for data that kernels go through often: its elements begin on a
   * cache line where {@link CacheLine} can tell, and so not at the array's start, but at {@link
   * #offset()}.
   *
   * @throws IllegalArgumentException if {@code layout} is channels last and the shape has no
   *     channels (less than two dimensions)
   */
  public static Tensor aligned(Shape shape, Layout layout) {
    int floats = Math.addExact(shape.size(), CacheLine.START);
    return wrap(shape, layout, new float[floats], CacheLine.START);
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
    return new Tensor(shape, Layout.CHANNELS_FIRST, values, 0);
  }

  /**
   * A window of {@code shape.size()} elements of {@code array}, which is not copied.
   *
   * @param offset index of the first element in {@code array}
   * @throws IllegalArgumentException if the window does not lie inside the array
   */
  public static Tensor wrap(Shape shape, float[] array, int offset) {
    return wrap(shape, Layout.CHANNELS_FIRST, array, offset);
  }

  /**
   * A window of {@code shape.size()} elements of {@code array}, which is not copied.
   *
   * @param layout the elements' order
   * @param offset index of the first element in {@code array}
   * @throws IllegalArgumentException if the window does not lie inside the array, or if {@code
   *     layout} is channels last and the shape has no channels (less than two dimensions)
   */
  public static Tensor wrap(Shape shape, Layout layout, float[] array, int offset) {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(layout, "layout");
    if (layout == Layout.CHANNELS_LAST && shape.rank() < 2) {
      throw new IllegalArgumentException("shape " + shape + " has no channels to be last");
    }
    if (offset < 0 || (long) offset + shape.size() > array.length) {
      throw new IllegalArgumentException(
          "window of "
              + shape.size()
              + " elements at offset "
              + offset
              + " does not lie inside an array of "
              + array.length);
    }
    return new Tensor(shape, layout, array, offset);
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The order of the elements in {@link #array()}. */
  public Layout layout() {
    return layout;
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
      if (i != 1 || layout == Layout.CHANNELS_FIRST) {
        p = p * shape.dim(i) + index[i];
      }
    }
    if (layout == Layout.CHANNELS_LAST) {
      p = p * shape.dim(1) + index[1];
    }
    return offset + p;
  }

  /** Sets every element; returns this. */
  public Tensor fill(float value) {
    Arrays.fill(array, offset, offset + size(), value);
    return this;
  }

  /**
   * The same elements under another shape of the same size; a view.
   *
   * @throws IllegalArgumentException if sizes differ, or if channels are last: their order is
   *     another one than the shape's
   */
  public Tensor reshape(Shape other) {
    if (other.size() != size()) {
      throw new IllegalArgumentException("cannot reshape " + shape + " to " + other);
    }
    if (layout != Layout.CHANNELS_FIRST) {
      throw new IllegalArgumentException(
          "cannot reshape " + shape + " whose channels are last: reorder it first");
    }
    return new Tensor(other, layout, array, offset);
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
    return new Tensor(shape.withFirst(to - from), layout, array, offset + from * step);
  }

  /** A copy with an array of its own. */
  public Tensor copy() {
    return new Tensor(shape, layout, toArray(), 0);
  }

  /** A copy in {@code other} layout, element by element. */
  public Tensor copy(Layout other) {
    if (other == layout) {
      return copy();
    }
    Tensor dst = zeros(shape, other);
    int n = shape.dim(0);
    int channels = shape.dim(1);
    int pixels = n * channels == 0 ? 0 : size() / n / channels;
    int channelStep = layout == Layout.CHANNELS_FIRST ? pixels : 1;
    int pixelStep = layout == Layout.CHANNELS_FIRST ? 1 : channels;
    int dstChannelStep = other == Layout.CHANNELS_FIRST ? pixels : 1;
    int dstPixelStep = other == Layout.CHANNELS_FIRST ? 1 : channels;
    for (int img = 0; img < n; img++) {
      int image = img * channels * pixels;
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < pixels; p++) {
          dst.array[image + c * dstChannelStep + p * dstPixelStep] =
              array[offset + image + c * channelStep + p * pixelStep];
        }
      }
    }
    return dst;
  }

  /**
   * Copies the elements of {@code src} here; shapes and layouts must agree.
   *
   * @return this
   */
  public Tensor copyFrom(Tensor src) {
    requireShape(src, shape, layout, "src");
    System.arraycopy(src.array, src.offset, array, offset, size());
    return this;
  }

  /** The elements, copied, in the order in which they are stored. */
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

  /**
   * True if shapes and layouts agree and every element has the same bits, down to those of a NaN.
   */
  public boolean sameBits(Tensor other) {
    if (!shape.equals(other.shape) || layout != other.layout) {
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
   * Checks an argument of an operation that reads and writes channels first.
   *
   * @param t the tensor that came
   * @param expected the shape that it must have
   * @param name the argument's name, for the message
   * @throws IllegalArgumentException naming the argument, what was expected and what came
   */
  public static void requireShape(Tensor t, Shape expected, String name) {
    requireShape(t, expected, Layout.CHANNELS_FIRST, name);
  }

  /**
   * Checks an argument of an operation.
   *
   * @param t the tensor that came
   * @param expected the shape that it must have
   * @param order the layout that it must have
   * @param name the argument's name, for the message
   * @throws IllegalArgumentException naming the argument, what was expected and what came
   */
  public static void requireShape(Tensor t, Shape expected, Layout order, String name) {
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
    StringBuilder s = new StringBuilder("Tensor").append(shape);
    s.append(layout == Layout.CHANNELS_LAST ? " channels last {" : " {");
    int shown = Math.min(size(), 8);
    for (int i = 0; i < shown; i++) {
      s.append(i == 0 ? "" : ", ").append(array[offset + i]);
    }
    return s.append(shown < size() ? ", ...}" : "}").toString();
  }
}
